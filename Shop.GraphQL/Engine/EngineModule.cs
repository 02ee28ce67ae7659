using Shop.GraphQL.Engine.Federation;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Engine;

/// <summary>What every schema has: ids, nodes, scalars, pages and problems. The last module: it looks at what the others have added.</summary>
internal sealed class EngineModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph)
    {
        graph
            .Map<GlobalId, IdScalar>()
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
