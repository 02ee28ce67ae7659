using System.Buffers;
using System.Globalization;
using GraphQL.Execution;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Transport.Cache;

namespace Shop.GraphQL.Transport.Http;

/// <summary>Sends results as one JSON document, with the status that the client's media type calls for.</summary>
internal static class Answer
{
    /// <summary>The result of one operation.</summary>
    /// <param name="http">The request.</param>
    /// <param name="media">The form that was asked for.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="publicFor">
    /// How long everyone may keep it; null where it is meant for this client alone. Said of a GET only.
    /// </param>
    /// <param name="maxBytes">How long it may be.</param>
    /// <exception cref="LimitExceeded">It is longer; nothing has been sent.</exception>
    public static async Task SendAsync(
        HttpContext http,
        MediaType media,
        ExecutionResult result,
        TimeSpan? publicFor,
        int maxBytes
    )
    {
        using var buffer = JsonBuffer.Rent(maxBytes);
        ResultWriter.Write(buffer.Json, result);
        var bytes = buffer.Bytes;

        var status = StatusOf(result, media);
        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            http.Response.Headers.Allow = HttpMethods.Post;
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        if (
            status == StatusCodes.Status429TooManyRequests
            && result.Errors!.OfType<RuleRefusal>().First() is { RetryAfter: var seconds }
        )
        {
            // The header counts whole seconds.
            http.Response.Headers.RetryAfter = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture);
        }

        await SendAsync(http, media, status, bytes, publicFor);
    }

    /// <summary>An answer for everybody, that is written already; one that is not good any more says how old it is.</summary>
    /// <inheritdoc cref="SendAsync(HttpContext, MediaType, ExecutionResult, TimeSpan?, int)"/>
    public static Task SendAsync(HttpContext http, MediaType media, PublicAnswer answer, TimeSpan? publicFor)
    {
        if (!answer.IsFresh && answer.IsWhole)
        {
            http.Response.Headers.Age = ((long)answer.Age.TotalSeconds).ToString(
                CultureInfo.InvariantCulture
            );
        }

        return SendAsync(
            http,
            media,
            answer.StatusIn(media),
            answer.Bytes,
            answer.IsWhole ? publicFor : null
        );
    }

    /// <summary>The results of a batch, in its order.</summary>
    /// <exception cref="LimitExceeded">They are longer, all together; nothing has been sent.</exception>
    public static async Task SendAsync(
        HttpContext http,
        MediaType media,
        IEnumerable<ExecutionResult> results,
        int maxBytes
    )
    {
        using var buffer = JsonBuffer.Rent(maxBytes);
        buffer.Json.WriteStartArray();
        foreach (var result in results)
        {
            ResultWriter.Write(buffer.Json, result);
        }

        buffer.Json.WriteEndArray();
        await SendAsync(http, media, StatusCodes.Status200OK, buffer.Bytes);
    }

    /// <summary>Why a request is refused.</summary>
    public static async Task SendAsync(HttpContext http, MediaType media, RefusedRequestException refusal)
    {
        if (refusal is UnknownCredentialException { IsKnown: var isKnown })
        {
            http.Response.Headers.WWWAuthenticate = isKnown ? "Bearer error=\"invalid_token\"" : "Bearer";
        }
        else if (refusal is NotTheirsException { IsGuest: true })
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }
        else if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "5";
        }

        using var buffer = JsonBuffer.Rent();
        ResultWriter.Write(
            buffer.Json,
            new ExecutionResult(new RequestError(refusal.Message) { Code = refusal.Code })
        );
        await SendAsync(http, media, refusal.Status, buffer.Bytes);
    }

    /// <summary>The status of a result.</summary>
    public static int StatusOf(ExecutionResult result, MediaType media) =>
        result.Errors?.OfType<OperationNotAllowed>().FirstOrDefault() switch
        {
            { Kind: OperationKinds.Mutation } => StatusCodes.Status405MethodNotAllowed,
            { } => StatusCodes.Status400BadRequest,
            null when result.Executed || media != MediaType.GraphResponse => StatusCodes.Status200OK,
            null when result.Errors!.Any(error => error is UnhandledError) =>
                StatusCodes.Status500InternalServerError,
            null when result.Errors!.Any(error => error is TimeoutError) =>
                StatusCodes.Status504GatewayTimeout,
            null when result.Errors!.OfType<AccessDenied>().FirstOrDefault() is { } denied => denied.IsGuest
                ? StatusCodes.Status401Unauthorized
                : StatusCodes.Status403Forbidden,
            null when result.Errors!.Any(error => error is RuleRefusal) =>
                StatusCodes.Status429TooManyRequests,
            null => StatusCodes.Status400BadRequest,
        };

    private static async Task SendAsync(
        HttpContext http,
        MediaType media,
        int status,
        ReadOnlyMemory<byte> bytes,
        TimeSpan? publicFor = null
    )
    {
        var response = http.Response;
        if (HttpMethods.IsGet(http.Request.Method) && IsKnown(http, bytes.Span, publicFor))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = status;
        response.ContentType =
            media == MediaType.GraphResponse
                ? MediaTypes.GraphResponse + MediaTypes.Utf8
                : MediaTypes.Json + MediaTypes.Utf8;
        response.ContentLength = bytes.Length;
        response.BodyWriter.Write(bytes.Span);
        await response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static bool IsKnown(HttpContext http, ReadOnlySpan<byte> bytes, TimeSpan? publicFor)
    {
        if (publicFor is { } maxAge)
        {
            return PublicCaching.Allow(http, bytes, maxAge);
        }

        PublicCaching.Forbid(http.Response);
        return false;
    }
}
