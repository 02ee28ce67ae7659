using System.Text.Json;

namespace Shop.Load.Fuzz;

/// <summary>What no answer may be, whatever was asked.</summary>
internal static class FuzzAnswer
{
    private static readonly string[] _wellKnown = ["INTERNAL", "TIMEOUT"];

    /// <summary>What is wrong with the answer to a POST or GET; null where nothing is.</summary>
    public static string? FaultOf(int status, string body) =>
        status >= 500 ? $"status {status}: {body}"
        : status is 405 or 406 ? null
        : FaultOf(body) is { } fault ? $"status {status}, {fault}"
        : null;

    /// <summary>What is wrong with an answer, or with each of a batch; null where nothing is.</summary>
    public static string? FaultOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Array
                ? json.RootElement.EnumerateArray().Select(FaultOf).FirstOrDefault(fault => fault is not null)
                : FaultOf(json.RootElement);
        }
        catch (JsonException fault)
        {
            return $"no JSON ({fault.Message}): {body}";
        }
    }

    /// <summary>What is wrong with a result.</summary>
    public static string? FaultOf(JsonElement result) =>
        result.TryGetProperty("errors", out var errors) ? FaultOfErrors(errors)
        : result.TryGetProperty("data", out _) ? null
        : $"neither data nor errors: {result}";

    /// <summary>What is wrong with a list of errors.</summary>
    public static string? FaultOfErrors(JsonElement errors) =>
        errors.GetArrayLength() == 0
        || errors.EnumerateArray().Any(error => _wellKnown.Contains(CodeOf(error)))
            ? errors.ToString()
            : null;

    /// <summary>The code of an error; null where it has none.</summary>
    public static string? CodeOf(JsonElement error) =>
        error.TryGetProperty("extensions", out var more) && more.TryGetProperty("code", out var code)
            ? code.GetString()
            : "INTERNAL";

    /// <summary>The ids in an answer, as further requests may use them.</summary>
    public static IEnumerable<string> IdsIn(string body)
    {
        for (int at = 0, end; (at = body.IndexOf("\"id\":\"", at, StringComparison.Ordinal)) >= 0; at = end)
        {
            at += 6;
            end = body.IndexOf('"', at);
            if (end < 0)
            {
                yield break;
            }

            yield return body[at..end];
        }
    }
}
