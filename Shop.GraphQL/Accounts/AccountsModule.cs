using Shop.Data.Accounts;
using Shop.GraphQL.Audit;
using Shop.GraphQL.Catalog.Import;
using Shop.GraphQL.Inventory;

namespace Shop.GraphQL.Accounts;

/// <summary>What Accounts adds to the graph.</summary>
internal sealed class AccountsModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph
            .Id<CustomerId>("Customer")
            .Id<CustomerAddressId>("CustomerAddress")
            .Node<CustomerId, Customer>((loaders, id) => loaders.Get<CustomerById>().Load(id))
            .Type<InvalidCredentials>()
            .Type<EmailTaken>()
            .Type<SessionEnded>()
            .Query<AccountQueries>()
            .Mutation<SessionMutations>()
            .Mutation<CustomerMutations>()
            .Extend<AuditEntry, ActorOfEntry>()
            .Extend<CatalogImport, ActorOfImport>()
            .Extend<StockMovement, ActorOfMovement>();
}
