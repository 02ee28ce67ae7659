using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Catalog.Import.Files;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Catalog.Import.Saving;
using Shop.Data.Messages;
using Shop.Data.Storage.Faults;

namespace Shop.Data.Catalog.Import;

/// <summary>
/// Works an import off: the oldest that waits, or one whose worker has died, from where that one was. One import runs at a
/// time, on whatever node. Memory does not grow with the file.
/// </summary>
public sealed class RunNextImport(
    Database<CatalogDb> database,
    Receivers receivers,
    FetchFile fetchFile,
    ImportAnnouncements announcements,
    CatalogAnnouncements catalog,
    NewId newId,
    TimeProvider clock,
    IOptions<ImportOptions> options,
    IOptions<ShopOptions> shop,
    ILogger<RunNextImport> log
)
{
    // A fault that comes five times without a step forward between is none that passes.
    private const int MaxAttempts = 5;

    // In a container every process is number 1: the name alone would be that of the one before.
    private readonly string _worker = $"{Environment.MachineName}:{Guid.CreateVersion7():n}";

    /// <param name="cancel">Ends it between two rows; another worker may go on at once.</param>
    /// <returns>Which import it was; null where none was due.</returns>
    /// <exception cref="Exception">
    /// It cannot go on now. It is tried again after the lease, on whatever node, and fails for good after five tries; while a
    /// store is away, no try counts.
    /// </exception>
    public async Task<ImportId?> RunAsync(CancellationToken cancel)
    {
        var lease = options.Value.Lease;
        if (await HeldImport.ClaimAsync(database, _worker, lease, clock, cancel) is not { } held)
        {
            return null;
        }

        StopPoint.Reach("import claimed, nothing done");
        await announcements.PublishAsync(held.Import.Id);
        try
        {
            await using var heartbeat = new Heartbeat(held.RenewAsync, lease, clock);
            var (status, failure) = await WorkAsync(held, cancel);
            await FinishAsync(held, status, failure, cancel);
        }
        catch (LeaseLostException)
        {
            log.ImportTakenOver(held.Import.Id.Value);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await held.ReleaseAsync(DateTimeOffset.UnixEpoch, isTried: true, CancellationToken.None);
            throw;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await PutBackAsync(held, fault, cancel);
            throw;
        }

        return held.Import.Id;
    }

    private async Task<(ImportStatus Status, string? Failure)> WorkAsync(
        HeldImport held,
        CancellationToken cancel
    )
    {
        var import = held.Import;
        if (import.CancelRequested)
        {
            return (ImportStatus.Cancelled, null);
        }

        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        if (import.FileId is null && await FetchAsync(held, connection, cancel) is { } reason)
        {
            return (ImportStatus.Failed, reason);
        }

        if (!import.IsStaged)
        {
            await using var file = new StagedFileStream(database.Primary, import.FileId!.Value, cancel);
            var columns = new ImportColumns(shop.Value.Currency, import.CountsStock);
            await new StageRows(held, columns, options.Value.MaxRows, announcements).RunAsync(
                connection,
                file,
                cancel
            );
            if (!import.CancelRequested)
            {
                await new CheckRows(held).RunAsync(connection, cancel);
            }
        }

        if (IsRefused(import))
        {
            return (ImportStatus.Refused, null);
        }

        await new SaveRows(held, connection, receivers, announcements, catalog, newId, clock, log).RunAsync(
            cancel
        );
        // Until PostgreSQL has looked at the tables, about a minute later, it plans for empty ones: each price was found by
        // reading all products.
        await connection.ExecuteAsync(
            $"analyze catalog.category, catalog.product, catalog.product_variant",
            cancel
        );
        return (
            import.CancelRequested ? ImportStatus.Cancelled
            : import.Policy == ImportErrorPolicy.StopAtFirst && import.RowsFailed > 0 ? ImportStatus.Stopped
            : ImportStatus.Done,
            null
        );
    }

    // A file without a row that can be read is refused whatever the policy: there is nothing that could be saved.
    private static bool IsRefused(CatalogImport import) =>
        !import.CancelRequested
        && import.RowsFailed > 0
        && (
            import.Policy == ImportErrorPolicy.RefuseAll && import.Code.Length == 0 || import.RowsStaged == 0
        );

    /// <returns>Why it cannot be had; null where it is in.</returns>
    private async Task<string?> FetchAsync(
        HeldImport held,
        NpgsqlConnection connection,
        CancellationToken cancel
    )
    {
        var import = held.Import;
        switch (await fetchFile.RunAsync(new Uri(import.Url!), import.ActorId, cancel))
        {
            case FetchFileResult.Fetched fetched:
                (import.FileId, import.TotalBytes) = (fetched.Id, fetched.Bytes);
                await held.WriteAsync(connection, cancel);
                return null;
            case FetchFileResult.Refused refused:
                return refused.Reason;
            case var other:
                throw new InvalidOperationException($"{other} is no way to end.");
        }
    }

    private async Task FinishAsync(
        HeldImport held,
        ImportStatus status,
        string? failure,
        CancellationToken cancel
    )
    {
        StopPoint.Reach("import worked off, not finished");
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await held.FinishAsync(connection, status, failure, cancel);
        await announcements.PublishAsync(held.Import.Id);
    }

    private async Task PutBackAsync(HeldImport held, Exception fault, CancellationToken cancel)
    {
        var isOutage = Outage.Is(fault);
        if (!isOutage && held.Import.Attempts >= MaxAttempts)
        {
            log.ImportFailed(held.Import.Id.Value, held.Import.Attempts, fault);
            await FinishAsync(
                await held.ReadAgainAsync(cancel),
                ImportStatus.Failed,
                fault is HttpRequestException or TimeoutException
                    ? "The file could not be fetched: the address does not answer."
                    : "Something broke on our side; our log has it.",
                cancel
            );
        }
        else
        {
            var due = clock.GetUtcNow() + options.Value.Lease;
            log.ImportPutBack(held.Import.Id.Value, held.Import.Attempts, due, fault);
            await held.ReleaseAsync(due, isTried: !isOutage, cancel);
        }
    }
}
