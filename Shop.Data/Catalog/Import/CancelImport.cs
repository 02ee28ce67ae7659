using Npgsql;
using Shop.Data.Audit;

namespace Shop.Data.Catalog.Import;

/// <summary>Every way it can end that an import is called off.</summary>
public abstract record CancelImportResult
{
    private CancelImportResult() { }

    /// <summary>It is called off: at once where it waited, else with the batch that is under way.</summary>
    public sealed record Accepted : CancelImportResult;

    /// <summary>There is no such import.</summary>
    public sealed record NotFound : CancelImportResult;

    /// <summary>It has ended otherwise.</summary>
    public sealed record NotAllowedNow(ImportStatus Status) : CancelImportResult;
}

/// <summary>Calls an import off. What it has saved stays; called off twice is once.</summary>
public sealed class CancelImport(
    Database<CatalogDb> database,
    ImportAnnouncements announcements,
    NewId newId,
    TimeProvider clock
)
{
    /// <param name="id">Which.</param>
    /// <param name="actor">Who calls it off.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away; try again.</exception>
    public async Task<CancelImportResult> RunAsync(ImportId id, CustomerId actor, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await LockAsync(connection, id, cancel) is not var (status, isRequested))
        {
            return new CancelImportResult.NotFound();
        }

        if (status == ImportStatus.Cancelled || isRequested && status == ImportStatus.Running)
        {
            return new CancelImportResult.Accepted();
        }

        if (status > ImportStatus.Running)
        {
            return new CancelImportResult.NotAllowedNow(status);
        }

        await WriteAsync(connection, id, cancel);
        var trail = new AuditTrail(actor, "catalogImportCancel", clock.GetUtcNow(), newId);
        trail.Note("CatalogImport", id, new { Status = $"{status}" }, new { CancelRequested = true });
        await trail.WriteAsync(connection, "catalog", cancel);
        await transaction.CommitAsync(cancel);
        await announcements.PublishAsync(id);
        return new CancelImportResult.Accepted();
    }

    private static Task<(ImportStatus Status, bool IsRequested)?> LockAsync(
        NpgsqlConnection connection,
        ImportId id,
        CancellationToken cancel
    ) =>
        connection.FindAsync<(ImportStatus, bool)?>(
            $"""
            select status, cancel_requested from catalog.import where id = {Sql.Value(id.Value)} for update
            """,
            row => ((ImportStatus)row.GetInt16(0), row.GetBoolean(1)),
            cancel
        );

    private Task<int> WriteAsync(NpgsqlConnection connection, ImportId id, CancellationToken cancel)
    {
        const int queued = (int)ImportStatus.Queued;
        return connection.ExecuteAsync(
            $"""
            update catalog.import set
                cancel_requested = true, version = version + 1,
                status = case status when {queued} then {(int)ImportStatus.Cancelled} else status end,
                finished_at = case status when {queued} then {Sql.Value(clock.GetUtcNow())} end
            where id = {Sql.Value(id.Value)}
            """,
            cancel
        );
    }
}
