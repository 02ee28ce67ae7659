using System.Text;

namespace Shop.Channels.Wires;

/// <summary>What a channel answers a call with.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">What it says; may be empty.</param>
public sealed record WireAnswer(int Status, string ContentType, byte[] Body)
{
    /// <summary>An answer of text.</summary>
    public WireAnswer(int status, string contentType, string body)
        : this(status, contentType, Encoding.UTF8.GetBytes(body)) { }

    /// <summary>Beside the type of the content.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Writes it to the one who called.</summary>
    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (Body.Length > 0)
        {
            response.ContentType = ContentType;
            await response.Body.WriteAsync(Body, response.HttpContext.RequestAborted);
        }
    }
}
