using System.Text.Json;

namespace Shop.Data.Search.Elastic;

/// <summary>Elasticsearch gave no answer of success.</summary>
public sealed class ElasticFailedException(string reason, int? status, Exception? cause)
    : Exception(reason, cause)
{
    /// <summary>Of HTTP; null where no answer came.</summary>
    public int? Status { get; } = status;

    /// <summary>Whether another try may succeed: it is away, or has too much to do.</summary>
    public bool MayPass => Status is null or 408 or 429 or >= 500;

    internal static ElasticFailedException Of(int? status, byte[]? body, Exception? cause) =>
        new(
            status is null
                ? "Elasticsearch did not answer"
                : $"Elasticsearch answered {status}: {ReasonOf(body)}",
            status,
            cause
        );

    /// <summary>What came has no end.</summary>
    internal static ElasticFailedException CutOff(Exception? cause) =>
        new("Elasticsearch did not end its answer", status: null, cause);

    private static string ReasonOf(byte[]? body)
    {
        try
        {
            return
                body is { Length: > 0 }
                && JsonElement.Parse(body).TryGetProperty("error", out var error)
                && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("reason", out var reason)
                ? reason.ToString()
                : "no reason";
        }
        catch (JsonException)
        {
            return "no reason";
        }
    }
}
