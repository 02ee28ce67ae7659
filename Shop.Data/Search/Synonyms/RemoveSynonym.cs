using Npgsql;
using Shop.Data.Audit;

namespace Shop.Data.Search.Synonyms;

/// <summary>
/// Has words mean the same no more: row, revision and audit entry in one transaction. What is gone already is no error.
/// </summary>
public sealed class RemoveSynonym(Database<SearchDb> database, NewId newId, TimeProvider clock)
{
    /// <param name="id">Which.</param>
    /// <param name="actor">Who of staff.</param>
    /// <param name="cancel">Ends it; then nothing was done.</param>
    /// <returns>False where there was nothing to remove.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away; try again.</exception>
    public async Task<bool> RunAsync(SynonymId id, CustomerId actor, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await SynonymRows.LockAsync(connection, cancel);
        if (await SynonymRows.FindAsync(connection, id, cancel) is not { } stored)
        {
            return false;
        }

        await SynonymRows.RemoveAsync(connection, id, cancel);
        var trail = new AuditTrail(actor, "synonymRemove", clock.GetUtcNow(), newId);
        trail.Note("Synonym", id, stored.Told, after: null);
        await trail.WriteAsync(connection, "search", cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
