using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.Data.Catalog.Import;

/// <summary>This worker's lease has run out and another worker goes on, which does what this one was about to commit.</summary>
internal sealed class LeaseLostException() : Exception("Another worker has taken the import over.");

/// <summary>
/// An import that this worker has claimed. Each of its batches writes the import's row last and in its own transaction,
/// under the condition that the lease is still its own: a worker that slept through its lease commits nothing.
/// </summary>
/// <param name="import">As it is; moved on in memory first.</param>
/// <param name="owner">This worker.</param>
/// <param name="database">Where it is.</param>
/// <param name="lease">How long no other worker takes it.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class HeldImport(
    CatalogImport import,
    string owner,
    Database<CatalogDb> database,
    TimeSpan lease,
    TimeProvider clock
)
{
    /// <summary>How far it is.</summary>
    public CatalogImport Import => import;

    /// <summary>
    /// Takes what is due: an import whose worker has died, else the oldest that waits, if none runs. A lease that lies
    /// further ahead than any is given was given before the clock was set back; it is not waited for.
    /// </summary>
    /// <returns>Null where nothing is due.</returns>
    public static async Task<HeldImport?> ClaimAsync(
        Database<CatalogDb> database,
        string owner,
        TimeSpan lease,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        const int running = (int)ImportStatus.Running;
        var (at, until, far) = (Sql.Value(now), Sql.Value(now + lease), Sql.Value(now + 2 * lease));
        try
        {
            var claimed = await database.Primary.ScalarAsync<long?>(
                $"""
                with due as (
                    select id from catalog.import
                    where status = {running} and (lease_until is null or not lease_until between {at} and {far})
                       or status = {(int)ImportStatus.Queued} and not exists (
                          select from catalog.import where status = {running})
                    order by status desc, id limit 1 for update skip locked)
                update catalog.import i
                set status = {running}, lease_owner = {Sql.Value(owner)}, lease_until = {until},
                    attempts = attempts + 1, started_at = coalesce(started_at, {at}), version = version + 1
                from due where i.id = due.id returning i.id
                """,
                cancel
            );
            return claimed is { } id
                ? new(await ReadAsync(database, new(id), cancel), owner, database, lease, clock)
                : null;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another worker has claimed another import at this moment, and one runs at a time.
            return null;
        }
    }

    /// <summary>
    /// Writes how far it is, in the transaction of what was done, and hears whether it was called off meanwhile. It has
    /// moved, so no worker is held for the one that cannot do it.
    /// </summary>
    /// <exception cref="LeaseLostException">Another worker has taken it over.</exception>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var until = Sql.Value<DateTimeOffset?>(import.IsFinal ? null : clock.GetUtcNow() + lease);
        import.CancelRequested =
            await connection.ScalarAsync<bool?>(
                $"""
                update catalog.import set
                    status = {Sql.Value((short)import.Status)}, failure = {Sql.Value(import.Failure)},
                    file_id = {Sql.Value(import.FileId?.Value)}, total_bytes = {Sql.Value(import.TotalBytes)},
                    bytes_read = {Sql.Value(import.BytesRead)}, last_line = {Sql.Value(import.LastLine)},
                    is_read = {Sql.Value(import.IsRead)}, is_staged = {Sql.Value(import.IsStaged)},
                    code = {Sql.Value(import.Code)}, rows_read = {Sql.Value(import.RowsRead)},
                    rows_staged = {Sql.Value(import.RowsStaged)}, rows_saved = {Sql.Value(import.RowsSaved)},
                    rows_failed = {Sql.Value(import.RowsFailed)},
                    columns_not_read = {Sql.Value(import.ColumnsNotRead)},
                    errors_kept = {Sql.Value(import.ErrorsKept)},
                    products_added = {Sql.Value(import.ProductsAdded)},
                    products_changed = {Sql.Value(import.ProductsChanged)},
                    products_unchanged = {Sql.Value(import.ProductsUnchanged)},
                    variants_added = {Sql.Value(import.VariantsAdded)},
                    variants_changed = {Sql.Value(import.VariantsChanged)},
                    variants_unchanged = {Sql.Value(import.VariantsUnchanged)},
                    finished_at = {Sql.Value(import.FinishedAt)}, lease_until = {until}, attempts = 0,
                    version = version + 1
                where {IsHeld}
                returning cancel_requested
                """,
                cancel
            ) ?? throw new LeaseLostException();
    }

    /// <summary>It ends so; its rows are not needed any more.</summary>
    /// <exception cref="LeaseLostException">Another worker has taken it over.</exception>
    public async Task FinishAsync(
        NpgsqlConnection connection,
        ImportStatus status,
        string? failure,
        CancellationToken cancel
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(
            $"delete from catalog.import_row where import_id = {Sql.Value(import.Id.Value)}",
            cancel
        );
        (import.Status, import.Failure, import.FinishedAt) = (status, failure, clock.GetUtcNow());
        await WriteAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The same, as it was committed: what was moved on in memory and rolled back is forgotten.</summary>
    public async Task<HeldImport> ReadAgainAsync(CancellationToken cancel) =>
        new(await ReadAsync(database, import.Id, cancel), owner, database, lease, clock);

    /// <summary>The worker lives: the lease goes on for another term.</summary>
    public Task RenewAsync(CancellationToken cancel) =>
        LeaseAsync($"update catalog.import set lease_until = {Sql.Value(clock.GetUtcNow() + lease)}", cancel);

    /// <summary>The worker stops before the end: the next one may go on at <paramref name="from"/>.</summary>
    /// <param name="from">When.</param>
    /// <param name="isTried">Whether it counts as a try.</param>
    /// <param name="cancel">Ends it.</param>
    public Task ReleaseAsync(DateTimeOffset from, bool isTried, CancellationToken cancel)
    {
        // A batch that was saved before it failed has set the tries to none.
        var attempts = Sql.Raw(isTried ? "attempts" : "greatest(attempts - 1, 0)");
        return LeaseAsync(
            $"""
            update catalog.import
            set lease_owner = null, lease_until = {Sql.Value(from)}, attempts = {attempts}
            """,
            cancel
        );
    }

    private static async Task<CatalogImport> ReadAsync(
        Database<CatalogDb> database,
        ImportId id,
        CancellationToken cancel
    )
    {
        await using var db = database.OpenPrimary();
        return await db.Imports.SingleAsync(import => import.Id == id, cancel);
    }

    private Task<int> LeaseAsync(SqlText update, CancellationToken cancel) =>
        database.Primary.ExecuteAsync(
            $"""
            {update}
            where {IsHeld}
            """,
            cancel
        );

    private SqlText IsHeld =>
        Sql.Part(
            $"id = {Sql.Value(import.Id.Value)} and lease_owner = {Sql.Value(owner)} and finished_at is null"
        );
}
