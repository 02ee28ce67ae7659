using System.Text.Json;

namespace Shop.Load.Client;

/// <summary>What came back: data, or what went wrong.</summary>
internal static class GraphAnswer
{
    /// <summary>The <c>data</c> of an answer without errors.</summary>
    public static JsonElement Data(byte[] answer) =>
        JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("data");

    /// <exception cref="ShopFaultException">The answer has <c>errors</c>, or is no JSON.</exception>
    public static void ThrowOnErrors(ReadOnlySpan<byte> answer)
    {
        // Most answers have none, and looking for the word is much cheaper than parsing.
        if (answer.Length > 0 && answer[0] == '{' && answer.IndexOf("\"errors\""u8) < 0)
        {
            return;
        }

        JsonElement parsed;
        try
        {
            parsed = JsonSerializer.Deserialize<JsonElement>(answer);
        }
        catch (JsonException fault)
        {
            throw new ShopFaultException("NO_JSON", fault.Message);
        }

        if (parsed.TryGetProperty("errors", out var errors))
        {
            throw Fault(errors);
        }
    }

    /// <summary>The first of a list of GraphQL errors.</summary>
    public static ShopFaultException Fault(JsonElement errors)
    {
        var first = errors[0];
        var code =
            first.TryGetProperty("extensions", out var extensions)
            && extensions.TryGetProperty("code", out var given)
                ? given.GetString()
                : null;
        return new(code ?? "NO_CODE", first.GetProperty("message").GetString() ?? "");
    }

    /// <summary>The code of a payload's first problem; null if it has none.</summary>
    public static string? Problem(JsonElement payload) =>
        payload.GetProperty("problems") is { } problems && problems.GetArrayLength() > 0
            ? problems[0].GetProperty("code").GetString()
            : null;
}

/// <summary>Nobody answered. The call may have been done or not.</summary>
internal sealed class ShopAwayException(string message, Exception? cause) : Exception(message, cause);

/// <summary>The shop answered with an error of the request or of its own.</summary>
/// <param name="code">As docs/errors.md lists them.</param>
/// <param name="message">For people.</param>
internal sealed class ShopFaultException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>Whether the same call, with the same key, may do better in a moment.</summary>
    public bool MayPass => Code is "INTERNAL" or "THROTTLED" or "TIMEOUT" or "SHUTTING_DOWN";
}
