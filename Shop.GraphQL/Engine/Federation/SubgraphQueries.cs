using GraphQL.Types;

namespace Shop.GraphQL.Engine.Federation;

/// <summary>
/// What a router asks of a subgraph. Objects come from the loaders that serve <c>node</c>, and so with the same rights:
/// those of the request that the router has passed on.
/// </summary>
internal sealed class SubgraphQueries(LoaderContext loaders)
{
    /// <summary>What a router needs to know of this subgraph. For routers; clients have introspection.</summary>
    /// <param name="context">Knows the schema.</param>
    // As many characters as a thousand objects.
    [Name("_service"), Cost(1000)]
    public static SubgraphDefinition Service(IResolveFieldContext context) =>
        new(((ShopSchema)context.Schema).SubgraphText);

    /// <summary>
    /// Objects by their keys, in the order of the representations; null where one does not exist or is not yours to see.
    /// For routers; clients have `nodes`.
    /// </summary>
    /// <param name="context">Knows the schema, and so which types have which keys.</param>
    /// <param name="representations">Which objects; at most 500, unless the shop sets another limit.</param>
    [Name("_entities"), OutputType(typeof(NonNullGraphType<ListGraphType<EntityUnion>>))]
    public IReadOnlyList<IDataLoaderResult<Node?>> Entities(
        IResolveFieldContext context,
        IReadOnlyList<Representation> representations
    )
    {
        var keys = ((ShopSchema)context.Schema).Keys;
        return [.. representations.Select(each => Find(keys.GetValueOrDefault(each.TypeName) ?? [], each))];
    }

    private IDataLoaderResult<Node?> Find(List<EntityKey> keys, Representation reference)
    {
        foreach (var key in keys)
        {
            if (reference.TextOf(key.Field) is { } text)
            {
                return Find(key, text);
            }
        }

        return LoaderResults.Failed<Node?>(new UnknownReference(reference.TypeName, keys));
    }

    // One bad reference is told at its place; the others are found.
    private IDataLoaderResult<Node?> Find(EntityKey key, string text)
    {
        try
        {
            return key.Load(loaders, text);
        }
        catch (InvalidIdError refusal)
        {
            return LoaderResults.Failed<Node?>(refusal);
        }
    }
}

/// <summary>What a router needs to know of this subgraph.</summary>
/// <param name="Sdl">The schema with its keys, for composition; without what federation adds itself.</param>
[Name("_Service")]
internal sealed record SubgraphDefinition(string Sdl);

/// <summary>A reference names no key of ours: the supergraph was composed of another schema.</summary>
internal sealed class UnknownReference : ExecutionError
{
    public UnknownReference(string typeName, IReadOnlyCollection<EntityKey> keys)
        : base(
            keys.Count == 0
                ? $"Nothing of type '{typeName}' can be referred to here."
                : $"A reference to '{typeName}' needs {string.Join(" or ", keys.Select(key => key.Field))}."
        ) => Code = ErrorCode.ValidationFailed;
}
