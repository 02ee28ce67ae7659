using GraphQL;
using Shop.GraphQL.Audit;
using Shop.GraphQL.Inventory;

namespace Shop.GraphQL.Accounts;

/// <summary>Accounts' field on the audit trail.</summary>
internal sealed class ActorOfEntry
{
    /// <summary>Who has done it; null where their account is gone.</summary>
    public static Customer? Actor([FromSource] AuditEntry entry) => new(entry.ActorId);
}

/// <summary>Accounts' field on the ledger of stock.</summary>
internal sealed class ActorOfMovement
{
    /// <summary>Who of staff has moved it; null where an order has, or their account is gone.</summary>
    public static Customer? Actor([FromSource] StockMovement movement) =>
        movement.ActorId is { } actor ? new(actor) : null;
}
