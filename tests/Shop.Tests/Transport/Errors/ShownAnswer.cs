using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shop.GraphQL.Engine.Schema;

namespace Shop.Tests.Transport.Errors;

/// <summary>An answer as a paper shows it: what differs from run to run replaced, short lists on one line.</summary>
internal static partial class ShownAnswer
{
    private const int MaxMilliseconds = 1_000;

    // The trace of the examples in the W3C's specification.
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private static readonly string[] _headers = ["Allow", "WWW-Authenticate", "Retry-After"];
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Status, the headers that tell something, and the body.</summary>
    /// <param name="answer">What came.</param>
    /// <param name="words">The words that are shown in place of what the shop gave out.</param>
    public static async Task<string> OfAsync(
        HttpResponseMessage answer,
        IReadOnlyDictionary<string, string> words
    )
    {
        var headers =
            from name in _headers
            from values in new[] { Values(answer, name) }
            where values.Length > 0
            select $"{name}: {values}\n";
        var body = await answer.Content.ReadAsStringAsync();
        var shown =
            answer.Content.Headers.ContentType?.MediaType == "text/event-stream"
                ? LastEvents(body)
                : Pretty(body);
        shown = TraceId().Replace(shown, Trace);
        shown = Moment().Replace(shown, "2026-03-02T09:00:01Z");
        shown = words.Aggregate(
            shown,
            (text, word) => text.Replace(word.Value, word.Key, StringComparison.Ordinal)
        );
        return $"HTTP/1.1 {(int)answer.StatusCode} {answer.ReasonPhrase}\n{string.Concat(headers)}\n{shown}";
    }

    private static string Values(HttpResponseMessage answer, string name) =>
        string.Join(
            ", ",
            answer
                .Headers.Concat(answer.Content.Headers)
                .Where(header => header.Key == name)
                .SelectMany(header => header.Value)
        );

    private static string Pretty(string json)
    {
        var answer = JsonNode.Parse(json)!;
        // What it cost stands in every answer, and is shown where it is the point.
        if (!json.Contains(ErrorCode.CostExceeded, StringComparison.Ordinal))
        {
            answer.AsObject().Remove("extensions");
        }

        return ShortList()
            .Replace(
                answer.ToJsonString(_json),
                list =>
                    $"{list.Groups["open"]}{Space().Replace(list.Groups["items"].Value, " ")}{list.Groups["close"]}"
            );
    }

    // How many came before is a matter of time.
    private static string LastEvents(string stream) =>
        stream[stream.LastIndexOf("event: next", StringComparison.Ordinal)..].TrimEnd();

    [GeneratedRegex("(?<=\"traceId\": ?\")[0-9a-f]{32}", RegexOptions.None, MaxMilliseconds)]
    private static partial Regex TraceId();

    [GeneratedRegex("(?<=\"pollAfter\": ?\")[^\"]+", RegexOptions.None, MaxMilliseconds)]
    private static partial Regex Moment();

    // Lists and objects that hold no others.
    [GeneratedRegex(
        @"(?<open>[\[{])\s+(?<items>[^\[\]{}]{1,60}?)\s+(?<close>[\]}])",
        RegexOptions.None,
        MaxMilliseconds
    )]
    private static partial Regex ShortList();

    [GeneratedRegex(@"\s+", RegexOptions.None, MaxMilliseconds)]
    private static partial Regex Space();
}
