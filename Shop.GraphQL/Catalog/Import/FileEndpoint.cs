using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Files;
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

            var file = await SentFile.ReadAsync(http.Request, http.RequestAborted);
            var staged = await StageAsync(file, asker.Customer!.Value, http.RequestAborted);
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
        catch (IOException)
        {
            var cut = new MalformedRequestException("The body ended before the file did.");
            await Transport.Http.Answer.SendAsync(http, MediaType.Json, cut);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has hung up; nobody is left to be told.
        }
    }

    private async Task<StageFileResult.Staged> StageAsync(
        SentFile file,
        CustomerId actor,
        CancellationToken cancel
    ) =>
        await stageFile.RunAsync(file.Content, file.Format, actor, cancel) switch
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

        // Whether it is gzip is seen from its first bytes, said or not.
        if (request.Headers.ContentEncoding.ToString() is not ("" or "gzip" or "identity"))
        {
            throw new MalformedRequestException(
                "The file must come plain or as gzip.",
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

    /// <summary>What the sender is told.</summary>
    /// <param name="Url">For <c>catalogImport</c>.</param>
    /// <param name="Bytes">As they came.</param>
    /// <param name="Sha256">Over them, in hexadecimal.</param>
    private sealed record Answer(string Url, long Bytes, string Sha256);
}
