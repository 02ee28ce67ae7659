using Npgsql;
using Shop.Data.Audit;

namespace Shop.Data.Accounts.Operators;

/// <summary>Enters into the trail that a member of staff takes the heap of a process, in which all of its secrets are.</summary>
public sealed class NoteHeapTaken(Database<AccountsDb> database, NewId newId, TimeProvider clock)
{
    /// <param name="actor">Who; the entry is about their account.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="NpgsqlException">The primary is away.</exception>
    public async Task RunAsync(CustomerId actor, CancellationToken cancel)
    {
        var trail = new AuditTrail(actor, "heapTake", clock.GetUtcNow(), newId);
        trail.Note("Customer", actor, before: null, new { HeapOf = ThisNode.Name });
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await trail.WriteAsync(connection, "accounts", cancel);
    }
}
