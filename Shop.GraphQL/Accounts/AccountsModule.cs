using Shop.Data.Kernel;
using Shop.GraphQL.Audit;
using Shop.GraphQL.Inventory;
using Shop.GraphQL.Schema;

namespace Shop.GraphQL.Accounts;

/// <summary>What Accounts adds to the graph.</summary>
internal sealed class AccountsModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph
            .Id<CustomerId>("Customer")
            .Query<AccountQueries>()
            .Extend<AuditEntry, ActorOfEntry>()
            .Extend<StockMovement, ActorOfMovement>();
}
