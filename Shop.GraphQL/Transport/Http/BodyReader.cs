using System.Buffers;

namespace Shop.GraphQL.Transport.Http;

/// <summary>Takes requests out of a POST's body or a GET's address.</summary>
internal static class BodyReader
{
    /// <summary>The body of a POST, which stays where it is until the request's reader is moved on.</summary>
    /// <exception cref="MalformedRequestException">It is no JSON, or too long.</exception>
    public static ValueTask<ReadOnlySequence<byte>> ReadPostAsync(
        HttpRequest request,
        TransportOptions options,
        CancellationToken cancel
    ) =>
        MediaTypes.IsJson(request)
            ? CollectAsync(request, options.MaxRequestBytes, cancel)
            : throw new MalformedRequestException(
                "The body must be `application/json` in UTF-8.",
                StatusCodes.Status415UnsupportedMediaType
            );

    /// <summary>The requests of a POST.</summary>
    /// <exception cref="MalformedRequestException">There is none, or more than may be.</exception>
    public static (IReadOnlyList<GraphRequest> Requests, bool IsBatch) Parse(
        in ReadOnlySequence<byte> json,
        TransportOptions options
    )
    {
        var (requests, isBatch) = RequestReader.ReadBody(json);
        return requests.Count <= options.MaxBatch
            ? (requests, isBatch)
            : throw new MalformedRequestException(
                $"A batch may have {options.MaxBatch} operations; it has {requests.Count}."
            );
    }

    /// <summary>The request of a GET.</summary>
    /// <exception cref="MalformedRequestException">There is none.</exception>
    public static GraphRequest ReadGet(IQueryCollection query) =>
        RequestReader.Of(
            query["query"],
            query["documentId"] is [{ Length: > 0 } documentId] ? documentId : null,
            query["operationName"] is [{ Length: > 0 } name] ? name : null,
            RequestReader.ReadParameter(query["variables"], "variables"),
            RequestReader.ReadParameter(query["extensions"], "extensions")
        );

    // Whole, and without a copy: it stays in the server's own buffers until the reader is moved on.
    private static async ValueTask<ReadOnlySequence<byte>> CollectAsync(
        HttpRequest request,
        int maxBytes,
        CancellationToken cancel
    )
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            if (Math.Max(read.Buffer.Length, request.ContentLength ?? 0) > maxBytes)
            {
                // The reader has to be moved on before the server can end the request in peace.
                reader.AdvanceTo(read.Buffer.End);
                throw new MalformedRequestException(
                    $"A body may have {maxBytes} bytes.",
                    StatusCodes.Status413PayloadTooLarge
                );
            }

            if (read.IsCompleted)
            {
                return read.Buffer;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
