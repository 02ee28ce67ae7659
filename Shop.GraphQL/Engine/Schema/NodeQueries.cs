using GraphQL.Types;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>Objects by nothing but their id, whichever context owns them.</summary>
internal sealed class NodeQueries(LoaderContext loaders)
{
    /// <summary>Any object by its id. Null where it does not exist or is not yours to see.</summary>
    /// <param name="context">Knows the schema, and so which types it can find.</param>
    /// <param name="id">An id that this shop has given out.</param>
    public IDataLoaderResult<Node?> Node(IResolveFieldContext context, GlobalId id) =>
        Find(context.Schema, id);

    /// <summary>Several objects by their ids, in the order of the ids; null where one does not exist.</summary>
    /// <param name="context">Knows the schema, and so which types it can find.</param>
    /// <param name="ids">At most 100.</param>
    public IReadOnlyList<IDataLoaderResult<Node?>> Nodes(
        IResolveFieldContext context,
        [MaxItems(100)] IReadOnlyList<GlobalId> ids
    ) => [.. ids.Select(id => Find(context.Schema, id))];

    private IDataLoaderResult<Node?> Find(ISchema schema, GlobalId id) =>
        ((ShopSchema)schema).Find(loaders, id)
        ?? throw new InvalidIdError(id, "anything that can be fetched by it");
}
