using Shop.GraphQL.Audit;
using Shop.GraphQL.Catalog.Import;
using Shop.GraphQL.Inventory;

namespace Shop.GraphQL.Accounts;

/// <summary>Accounts' field on the audit trail.</summary>
internal sealed class ActorOfEntry(LoaderContext loaders)
{
    /// <summary>Who has done it; null where their account is gone.</summary>
    public IDataLoaderResult<Customer?> Actor([FromSource] AuditEntry entry) =>
        loaders.Get<CustomerById>().Load(entry.ActorId);
}

/// <summary>Accounts' field on imports.</summary>
internal sealed class ActorOfImport(LoaderContext loaders)
{
    /// <summary>Who of staff has started it; null where the shop's own command line has, or their account is gone.</summary>
    public IDataLoaderResult<Customer?>? Actor([FromSource] CatalogImport import) =>
        import.ActorId is { } actor ? loaders.Get<CustomerById>().Load(actor) : null;
}

/// <summary>Accounts' field on the ledger of stock.</summary>
internal sealed class ActorOfMovement(LoaderContext loaders)
{
    /// <summary>Who of staff has moved it; null where an order has, or their account is gone.</summary>
    public IDataLoaderResult<Customer?>? Actor([FromSource] StockMovement movement) =>
        movement.ActorId is { } actor ? loaders.Get<CustomerById>().Load(actor) : null;
}
