using Microsoft.Net.Http.Headers;

namespace Shop.GraphQL.Transport.Http;

/// <summary>In which form a client wants its answer.</summary>
internal enum MediaType
{
    /// <summary>In none that we have.</summary>
    None,

    /// <summary><c>application/json</c>: 200 for every request that could be read.</summary>
    Json,

    /// <summary><c>application/graphql-response+json</c>: the status tells whether the operation ran.</summary>
    GraphResponse,

    /// <summary><c>text/event-stream</c>: results as they come.</summary>
    EventStream,
}

/// <summary>Chooses it from the <c>Accept</c> header, by the specification "GraphQL over HTTP".</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string GraphResponse = "application/graphql-response+json";
    public const string EventStream = "text/event-stream";
    public const string Utf8 = "; charset=utf-8";

    /// <summary>The best of what is accepted; plain JSON where nothing is said.</summary>
    public static MediaType Accepted(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0)
        {
            return MediaType.Json;
        }

        // What nearly every client sends is one of four words, and needs no parsing.
        if (accept.Count == 1 && Named(accept[0]) is var exact and not MediaType.None)
        {
            return exact;
        }

        return MediaTypeHeaderValue.TryParseList(accept, out var list) ? Best(list) : MediaType.None;
    }

    /// <summary>Whether the body is JSON in UTF-8. A form on another site cannot send that without asking first.</summary>
    public static bool IsJson(HttpRequest request) =>
        // What nearly every client sends needs no parsing here, either.
        request.ContentType
            is Json
                or Json + Utf8
        || (
            MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            && IsUtf8(type)
        );

    private static MediaType Best(IList<MediaTypeHeaderValue> list)
    {
        var best = MediaType.None;
        var bestQuality = 0.0;
        foreach (var accepted in list.Where(IsUtf8))
        {
            var type = Named(accepted.MediaType.Value);
            var quality = type == MediaType.None ? 0 : accepted.Quality ?? 1;
            if (
                quality > bestQuality
                || (quality > 0 && quality == bestQuality && type == MediaType.GraphResponse)
            )
            {
                (best, bestQuality) = (type, quality);
            }
        }

        return best;
    }

    private static MediaType Named(string? name) =>
        name switch
        {
            GraphResponse => MediaType.GraphResponse,
            EventStream => MediaType.EventStream,
            Json or "*/*" or "application/*" => MediaType.Json,
            _ => MediaType.None,
        };

    /// <summary>Whether a body is in UTF-8, by what its media type says: in quotes or not (RFC 9110, 5.6.6).</summary>
    public static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue
        || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
