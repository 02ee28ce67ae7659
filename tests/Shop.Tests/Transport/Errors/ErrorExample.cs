using System.Text.Json;
using Shop.Tests.Architecture;

namespace Shop.Tests.Transport.Errors;

/// <summary>An example of docs/errors.md: what is sent, and what the shop is said to answer.</summary>
/// <param name="Kind"><c>Problem</c> or <c>Error</c>: the chapter it stands in.</param>
/// <param name="Code">The code that it explains.</param>
/// <param name="Request">Fenced blocks: a whole HTTP request, or a document and perhaps its variables.</param>
/// <param name="Answer">The last fenced block.</param>
internal sealed record ErrorExample(string Kind, string Code, IReadOnlyList<string> Request, string Answer)
{
    private const string Paper = "docs/errors.md";

    /// <summary>Every example of the paper, in its order.</summary>
    public static IReadOnlyList<ErrorExample> All { get; } =
    [
        .. from chapter in Papers.Read(Paper).Split("\n## ")
        let kind = chapter.StartsWith("Problems", StringComparison.Ordinal) ? "Problem" : "Error"
        from section in chapter.Split("\n### ").Skip(1)
        let blocks = Blocks(section).ToList()
        select new ErrorExample(kind, section.Split('`')[1], blocks[..^1], blocks[^1]),
    ];

    /// <summary>What a client sends.</summary>
    /// <param name="shop">The address of the endpoint.</param>
    /// <param name="words">What stands in the place of words such as <c>CART_ID</c>.</param>
    public HttpRequestMessage ToRequest(Uri shop, IReadOnlyDictionary<string, string> words)
    {
        var parts = Request
            .Select(part =>
                words.Aggregate(
                    part,
                    (text, word) => text.Replace(word.Key, word.Value, StringComparison.Ordinal)
                )
            )
            .ToList();
        return parts[0].StartsWith("POST ", StringComparison.Ordinal)
            ? Whole(shop, parts[0])
            : Posted(shop, parts[0], parts.ElementAtOrDefault(1));
    }

    /// <summary>As the test's output names it.</summary>
    public override string ToString() => $"{Kind}.{Code}";

    private static HttpRequestMessage Posted(Uri shop, string query, string? variables)
    {
        var body = new Dictionary<string, object> { ["query"] = query };
        if (variables is not null)
        {
            body["variables"] = JsonDocument.Parse(variables).RootElement;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, shop)
        {
            Content = Json(JsonSerializer.Serialize(body)),
        };
        request.Headers.Add("Accept", "application/graphql-response+json");
        return request;
    }

    private static HttpRequestMessage Whole(Uri shop, string text)
    {
        var (head, body) = text.Split("\n\n", 2) is [var first, var second] ? (first, second) : (text, "");
        var path = head.Split('\n')[0].Split(' ')[1];
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(shop, path)) { Content = Json(body) };
        foreach (var header in head.Split('\n').Skip(1).Select(line => line.Split(": ", 2)))
        {
            if (header[0] != "Content-Type")
            {
                request.Headers.TryAddWithoutValidation(header[0], header[1]);
            }
        }

        return request;
    }

    private static StringContent Json(string text) => new(text, null, "application/json");

    // What stands between fences, without the language after the first.
    private static IEnumerable<string> Blocks(string section) =>
        section
            .Split("\n```")
            .Where((_, n) => n % 2 == 1)
            .Select(block => block.Contains('\n') ? block[(block.IndexOf('\n') + 1)..] : "");
}
