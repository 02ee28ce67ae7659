using Shop.Data.Catalog.Import.Files;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Catalog.Import.Saving;

namespace Shop.Data.Catalog.Import;

/// <summary>
/// Imports a file here and now, for the shop's own command line: the file goes the way of any other, and this process works
/// the queue off until it is done. Rows that share a product code are the variants of one product, so a file should hold all
/// the SKUs of the products it names; what it does not name stays as it is.
/// </summary>
public sealed class ImportCatalog(
    StageFile stageFile,
    StartImport startImport,
    RunNextImport runNextImport,
    ImportLookup imports,
    TimeProvider clock
)
{
    // How soon it is noticed that a job of another process has done it.
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(500);

    /// <param name="file">Read from where it stands, to its end; left open.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="cancel">Ends the import between two rows; what is saved by then stays, and a job does the rest.</param>
    /// <exception cref="IOException">The file cannot be read to its end; nothing was loaded then.</exception>
    public async Task<ImportReport> RunAsync(Stream file, ImportFormat format, CancellationToken cancel)
    {
        var id = await StartAsync(Guid.CreateVersion7(clock.GetUtcNow()), file, format, cancel);
        return await FinishAsync(id, cancel);
    }

    /// <summary>Puts a file into the queue.</summary>
    /// <param name="key">The same key is one import.</param>
    /// <param name="file">Read from where it stands, to its end; left open.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="IOException">The file cannot be read to its end, or is larger than may be.</exception>
    internal async Task<ImportId> StartAsync(
        Guid key,
        Stream file,
        ImportFormat format,
        CancellationToken cancel
    )
    {
        var staged = await stageFile.RunAsync(file, format, actor: null, cancel) switch
        {
            StageFileResult.Staged done => done,
            StageFileResult.TooLarge large => throw new IOException(
                $"The file has more than {large.MaxBytes} bytes ({ImportOptions.Section}:{nameof(ImportOptions.MaxBytes)})."
            ),
            var other => throw new InvalidOperationException($"{other} is no way to end."),
        };
        var request = new StartImportRequest(
            key,
            Actor: null,
            Url: null,
            staged.Id,
            format,
            ImportErrorPolicy.RefuseFailedRows,
            OpensStock: true,
            CountsStock: true
        );
        return await startImport.RunAsync(request, cancel) switch
        {
            StartImportResult.Started started => started.Id,
            StartImportResult.TooMany => throw new IOException("Too many imports wait for their turn."),
            var other => throw new InvalidOperationException($"{other} cannot be."),
        };
    }

    /// <summary>Works the queue off until an import has ended, here or elsewhere.</summary>
    internal async Task<ImportReport> FinishAsync(ImportId id, CancellationToken cancel)
    {
        while (true)
        {
            var worked = await runNextImport.RunAsync(cancel);
            var import = (await imports.FindAsync(id, cancel))!;
            if (import.IsFinal)
            {
                return await imports.ReportAsync(import, cancel);
            }

            if (worked is null)
            {
                await Task.Delay(_look, clock, cancel);
            }
        }
    }
}
