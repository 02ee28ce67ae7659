using Shop.Data.Catalog.Import;

namespace Shop.GraphQL.Catalog.Import;

/// <summary>Imports, started and called off.</summary>
internal sealed class ImportMutations(StartImport startImport, CancelImport cancelImport, Asker asker)
{
    /// <summary>
    /// Imports products from a file of CSV or JSON Lines. It is done in the background, one import at a time: watch
    /// `catalogImportChanged`. What the file names is added, or changed where it differs; what it does not name stays.
    /// </summary>
    /// <param name="input">Which file, and what becomes of rows that cannot be saved.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Catalog)]
    public async Task<CatalogImportPayload> CatalogImportAsync(
        CatalogImportInput input,
        CancellationToken cancel
    ) =>
        input.Url.AbsoluteUri.Length > MaxUrl
            ? Refused($"It has more than {MaxUrl} characters.", "url")
            : await startImport.RunAsync(input.ToRequest(asker), cancel) switch
            {
                StartImportResult.Started started => new(started.Replayed, []) { ImportId = started.Id },
                StartImportResult.KeyConflict => CatalogImportPayload.Refused(new IdempotencyConflict()),
                StartImportResult.NoSuchFile => CatalogImportPayload.Refused(
                    new NotFound("There is no such file, or not any more; send it again.", ["url"], null)
                ),
                StartImportResult.SourceNotAllowed => Refused(
                    "Files are not fetched from there. Send the file to `/graphql/admin/files`.",
                    "url"
                ),
                StartImportResult.UnknownFormat => Refused(
                    "Neither the file nor its name tells how it is written; say it here.",
                    "format"
                ),
                StartImportResult.TooMany many => CatalogImportPayload.Refused(
                    new Throttled(many.RetryAfter)
                ),
                var other => throw new InvalidOperationException($"{other} is no way to end."),
            };

    /// <summary>Calls an import off. What it has saved by then stays.</summary>
    /// <param name="input">Which.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Catalog)]
    public async Task<CatalogImportCancelPayload> CatalogImportCancelAsync(
        CatalogImportCancelInput input,
        CancellationToken cancel
    ) =>
        await cancelImport.RunAsync(input.ImportId, asker.Customer!.Value, cancel) switch
        {
            CancelImportResult.Accepted => new([]) { ImportId = input.ImportId },
            CancelImportResult.NotFound => CatalogImportCancelPayload.Refused(
                new NotFound("There is no such import.", ["importId"], GlobalId.Of(input.ImportId))
            ),
            CancelImportResult.NotAllowedNow now => CatalogImportCancelPayload.Refused(
                new NotAllowedNow($"An import that is {now.Status} cannot be called off any more.")
            ),
            var other => throw new InvalidOperationException($"{other} is no way to end."),
        };

    private const int MaxUrl = 2000;

    private static CatalogImportPayload Refused(string message, string field) =>
        CatalogImportPayload.Refused(new InvalidInput(message, [field]));
}
