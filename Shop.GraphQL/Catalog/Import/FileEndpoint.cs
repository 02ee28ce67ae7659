using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Files;
using Shop.Data.Catalog.Import.Reading;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Catalog.Import;

/// <summary>
/// Takes files that are too large for a mutation: <c>POST</c> the bytes, get an address that <c>catalogImport</c> takes.
/// They are stored as they come; of no file more than a piece is in memory.
/// </summary>
internal sealed class FileEndpoint(StageFile stageFile, WhoAsks whoAsks, IOptions<ImportOptions> options)
{
    /// <summary>Where files are sent to.</summary>
    public const string Path = "/graphql/admin/files";

    /// <summary>The file that an address names; null for any other address.</summary>
    public static StagedFileId? FileOf(Uri address) =>
        address.AbsolutePath.Split($"{Path}/") is ["", var name]
        && GlobalId.TryParse(name, out var id)
        && id.Type == IdKinds.NameOf<StagedFileId>()
        && long.TryParse(id.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new StagedFileId(value)
            : null;

    /// <summary>Answers <c>201</c> with where the file is, how long it is, and its SHA-256; or why it is refused.</summary>
    public async Task ServeAsync(HttpContext http)
    {
        try
        {
            await whoAsks.FindOutAsync(http);
            var asker = Asker.Of(http.User, Audience.Staff);
            Check(http.Request, asker);
            // The server's own limit is that of a mutation; this one counts for itself.
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = null;
            }

            var staged = await StageAsync(http, asker.Customer!.Value);
            var address = $"{http.Request.Scheme}://{http.Request.Host}{Path}/{GlobalId.Of(staged.Id)}";
            http.Response.Headers.Location = address;
            http.Response.Headers.CacheControl = "no-store";
            await TypedResults
                .Json(
                    new Answer(address, staged.Bytes, Convert.ToHexStringLower(staged.Sha256)),
                    statusCode: StatusCodes.Status201Created
                )
                .ExecuteAsync(http);
        }
        catch (RefusedRequestException refusal)
        {
            await Transport.Http.Answer.SendAsync(http, MediaType.Json, refusal);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has hung up; nobody is left to be told.
        }
    }

    private async Task<StageFileResult.Staged> StageAsync(HttpContext http, CustomerId actor) =>
        await stageFile.RunAsync(http.Request.Body, FormatOf(http.Request), actor, http.RequestAborted) switch
        {
            StageFileResult.Staged staged => staged,
            StageFileResult.TooLarge => throw TooLarge(),
            var other => throw new InvalidOperationException($"{other} is no way to end."),
        };

    private void Check(HttpRequest request, Asker asker)
    {
        if (!asker.May(StaffRole.Catalog))
        {
            throw new NotTheirsException(isGuest: asker.Customer is null);
        }

        if (FormatOf(request) is null || !IsEncodedAsWeRead(request))
        {
            throw new MalformedRequestException(
                "The body must be `text/csv`, `application/jsonl` or `application/x-ndjson` in UTF-8, plain or as gzip.",
                StatusCodes.Status415UnsupportedMediaType
            );
        }

        if (request.ContentLength > options.Value.MaxBytes)
        {
            throw TooLarge();
        }
    }

    private MalformedRequestException TooLarge() =>
        new($"A file may have {options.Value.MaxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);

    private static ImportFormat? FormatOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            ? ImportFormats.OfMediaType(type.MediaType.ToString())
            : null;

    // Whether it is gzip is seen from its first bytes, said or not.
    private static bool IsEncodedAsWeRead(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString() is "" or "gzip" or "identity";

    /// <summary>What the sender is told.</summary>
    /// <param name="Url">For <c>catalogImport</c>.</param>
    /// <param name="Bytes">As they came.</param>
    /// <param name="Sha256">Over them, in hexadecimal.</param>
    private sealed record Answer(string Url, long Bytes, string Sha256);
}
