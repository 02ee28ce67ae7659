using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Shop.Data.Catalog.Import.Reading;
using Shop.GraphQL.Transport.Http;

namespace Shop.GraphQL.Catalog.Import;

/// <summary>A file as browsers, shells and programs send it: as the body, or as the first file of a form.</summary>
/// <param name="Content">Read once, as it comes.</param>
/// <param name="Format">What its media type or its name says; null where neither does.</param>
internal sealed record SentFile(Stream Content, ImportFormat? Format)
{
    private const string Form = "multipart/form-data";
    private const int MaxBoundary = 70;

    // What is said of a file by those who do not know it: browsers on Windows, curl, object stores.
    private static readonly HashSet<string> _unspecific = new(StringComparer.OrdinalIgnoreCase)
    {
        "",
        "application/csv",
        "application/gzip",
        "application/json",
        "application/octet-stream",
        "application/vnd.ms-excel",
        "application/x-csv",
        "application/x-gzip",
        "application/x-www-form-urlencoded",
        "text/comma-separated-values",
        "text/plain",
        "text/x-csv",
    };

    /// <exception cref="MalformedRequestException">The request holds no file, or one of another kind.</exception>
    public static async Task<SentFile> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase)
        )
        {
            return Of(request.Body, request.ContentType, request.Headers.ContentDisposition);
        }

        try
        {
            var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
            if (boundary.Length is > 0 and <= MaxBoundary)
            {
                var parts = new MultipartReader(boundary, request.Body);
                while (await parts.ReadNextSectionAsync(cancel) is { } part)
                {
                    if (part.AsFileSection() is not null)
                    {
                        return Of(part.Body, part.ContentType, part.ContentDisposition);
                    }
                }
            }
        }
        catch (IOException)
        {
            // Answered below: a form that cannot be read holds no file.
        }

        throw new MalformedRequestException("The form must hold a file.");
    }

    private static SentFile Of(Stream content, string? contentType, string? disposition)
    {
        var name = ContentDispositionHeaderValue.TryParse(disposition, out var said)
            ? HeaderUtilities.RemoveQuotes(said.FileNameStar.HasValue ? said.FileNameStar : said.FileName)
            : default;
        MediaTypeHeaderValue? type = null;
        if (!string.IsNullOrEmpty(contentType) && !MediaTypeHeaderValue.TryParse(contentType, out type))
        {
            throw OfAnotherKind();
        }

        var media = type?.MediaType.ToString() ?? "";
        var format = ImportFormats.OfMediaType(media);
        return
            (format is not null || _unspecific.Contains(media)) && (type is null || MediaTypes.IsUtf8(type))
            ? new(content, format ?? ImportFormats.OfName(name.ToString()))
            : throw OfAnotherKind();
    }

    private static MalformedRequestException OfAnotherKind() =>
        new(
            "The file must be `text/csv`, `application/jsonl` or `application/x-ndjson` in UTF-8, plain or as gzip; of a type "
                + "that tells less, such as `application/octet-stream`, its name or its beginning tells which.",
            StatusCodes.Status415UnsupportedMediaType
        );
}
