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

    private static async Task<(ImportStatus Status, bool IsRequested)?> LockAsync(
        NpgsqlConnection connection,
        ImportId id,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            "select status, cancel_requested from catalog.import where id = $1 for update",
            connection
        );
        command.Parameters.Add(Sql.Value(id.Value));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel) ? ((ImportStatus)rows.GetInt16(0), rows.GetBoolean(1)) : null;
    }

    private async Task WriteAsync(NpgsqlConnection connection, ImportId id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"""
            update catalog.import set
                cancel_requested = true, version = version + 1,
                status = case status when {(int)ImportStatus.Queued} then {(int)
                ImportStatus.Cancelled} else status end,
                finished_at = case status when {(int)ImportStatus.Queued} then $2::timestamptz end
            where id = $1
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(id.Value));
        command.Parameters.Add(Sql.Value(clock.GetUtcNow()));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
