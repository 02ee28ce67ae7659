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
        await using var command = database.Primary.CreateCommand(
            $"""
            with due as (
                select id from catalog.import
                where status = {(int)
                ImportStatus.Running} and (lease_until is null or not lease_until between $1 and $2)
                   or status = {(int)ImportStatus.Queued} and not exists (
                      select from catalog.import where status = {(int)ImportStatus.Running})
                order by status desc, id limit 1 for update skip locked)
            update catalog.import i
            set status = {(int)
                ImportStatus.Running}, lease_owner = $3, lease_until = $4, attempts = attempts + 1,
                started_at = coalesce(started_at, $1), version = version + 1
            from due where i.id = due.id returning i.id
            """
        );
        command.Parameters.Add(Sql.Value(now));
        command.Parameters.Add(Sql.Value(now + 2 * lease));
        command.Parameters.Add(Sql.Value(owner));
        command.Parameters.Add(Sql.Value(now + lease));
        try
        {
            if (await command.ExecuteScalarAsync(cancel) is not long claimed)
            {
                return null;
            }

            return new(await ReadAsync(database, new(claimed), cancel), owner, database, lease, clock);
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
        await using var command = new NpgsqlCommand(
            """
            update catalog.import set
                status = $3, failure = $4, file_id = $5, total_bytes = $6, bytes_read = $7, last_line = $8, is_staged = $9,
                code = $10, rows_read = $11, rows_staged = $12, rows_saved = $13, rows_failed = $14,
                errors_kept = $15, left_out = $16, products_added = $17, products_changed = $18, products_unchanged = $19,
                variants_added = $20, variants_changed = $21, variants_unchanged = $22, finished_at = $23,
                lease_until = $24, is_read = $25, attempts = 0, version = version + 1
            where id = $1 and lease_owner = $2 and finished_at is null
            returning cancel_requested
            """,
            connection
        );
        NpgsqlParameter[] parameters =
        [
            Sql.Value(import.Id.Value),
            Sql.Value(owner),
            Sql.Value((short)import.Status),
            Sql.Value(import.Failure),
            Sql.Value(import.FileId?.Value),
            Sql.Value(import.TotalBytes),
            Sql.Value(import.BytesRead),
            Sql.Value(import.LastLine),
            Sql.Value(import.IsStaged),
            Sql.Value(import.Code),
            Sql.Value(import.RowsRead),
            Sql.Value(import.RowsStaged),
            Sql.Value(import.RowsSaved),
            Sql.Value(import.RowsFailed),
            Sql.Value(import.ErrorsKept),
            Sql.Value(import.LeftOut),
            Sql.Value(import.ProductsAdded),
            Sql.Value(import.ProductsChanged),
            Sql.Value(import.ProductsUnchanged),
            Sql.Value(import.VariantsAdded),
            Sql.Value(import.VariantsChanged),
            Sql.Value(import.VariantsUnchanged),
            Sql.Value(import.FinishedAt),
            Sql.Value<DateTimeOffset?>(import.IsFinal ? null : clock.GetUtcNow() + lease),
            Sql.Value(import.IsRead),
        ];
        command.Parameters.AddRange(parameters);
        import.CancelRequested = await command.ExecuteScalarAsync(cancel) is bool cancelled
            ? cancelled
            : throw new LeaseLostException();
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
        await using (
            var clear = new NpgsqlCommand("delete from catalog.import_row where import_id = $1", connection)
        )
        {
            clear.Parameters.Add(Sql.Value(import.Id.Value));
            await clear.ExecuteNonQueryAsync(cancel);
        }

        (import.Status, import.Failure, import.FinishedAt) = (status, failure, clock.GetUtcNow());
        await WriteAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The same, as it was committed: what was moved on in memory and rolled back is forgotten.</summary>
    public async Task<HeldImport> ReadAgainAsync(CancellationToken cancel) =>
        new(await ReadAsync(database, import.Id, cancel), owner, database, lease, clock);

    /// <summary>The worker lives: the lease goes on for another term.</summary>
    public Task RenewAsync(CancellationToken cancel) =>
        LeaseAsync(
            "update catalog.import set lease_until = $3 where id = $1 and lease_owner = $2 and finished_at is null",
            clock.GetUtcNow() + lease,
            cancel
        );

    /// <summary>The worker stops before the end: the next one may go on at <paramref name="from"/>.</summary>
    /// <param name="from">When.</param>
    /// <param name="isTried">Whether it counts as a try.</param>
    /// <param name="cancel">Ends it.</param>
    public Task ReleaseAsync(DateTimeOffset from, bool isTried, CancellationToken cancel)
    {
        // A batch that was saved before it failed has set the tries to none.
        var attempts = isTried ? "attempts" : "greatest(attempts - 1, 0)";
        return LeaseAsync(
            $"""
            update catalog.import set lease_owner = null, lease_until = $3, attempts = {attempts}
            where id = $1 and lease_owner = $2 and finished_at is null
            """,
            from,
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

    private async Task LeaseAsync(string sql, DateTimeOffset until, CancellationToken cancel)
    {
        await using var command = database.Primary.CreateCommand(sql);
        command.Parameters.Add(Sql.Value(import.Id.Value));
        command.Parameters.Add(Sql.Value(owner));
        command.Parameters.Add(Sql.Value(until));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
