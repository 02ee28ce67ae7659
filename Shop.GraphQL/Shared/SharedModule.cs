using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Federation;
using Shop.GraphQL.Engine.Paging;
using Shop.GraphQL.Engine.Problems;
using Shop.GraphQL.Engine.Scalars;
using Shop.GraphQL.Engine.Schema;

namespace Shop.GraphQL.Shared;

/// <summary>What every schema has: ids, nodes, money, scalars and problems.</summary>
internal sealed class SharedModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph)
    {
        graph
            .Map<GlobalId, IdScalar>()
            .Map<Money, MoneyType>()
            .Map<Address, AddressType>()
            .Map<DateTimeOffset, DateTimeScalar>()
            .Map<decimal, DecimalScalar>()
            .Map<Guid, UuidScalar>()
            .Map<Uri, UrlScalar>()
            .Map<Node, NodeType>()
            .Map<Representation, AnyScalar>()
            .Interface<Node>()
            .Interface<Problem>()
            .Type<InvalidInput>()
            .Type<NotFound>()
            .Type<VersionConflict>()
            .Type<NothingSelected>()
            .Type<IdempotencyConflict>()
            .Type<Throttled>()
            .Type<NotAllowedNow>()
            .Shareable<Money>()
            .Shareable<PageInfo>()
            .Shareable<InvalidInput>()
            .Shareable<NotFound>()
            .Shareable<VersionConflict>()
            .Shareable<NothingSelected>()
            .Shareable<IdempotencyConflict>()
            .Shareable<Throttled>()
            .Shareable<NotAllowedNow>();
        if (graph.Nodes.Count > 0)
        {
            graph.Query<NodeQueries>();
        }
    }
}
