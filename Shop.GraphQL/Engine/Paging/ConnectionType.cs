using GraphQL.Types;

namespace Shop.GraphQL.Engine.Paging;

/// <summary>The graph type of a page: <c>ProductConnection</c> for products.</summary>
internal sealed class ConnectionType<T> : ObjectGraphType<Connection<T>>
{
    // It reads the whole list, however short the page.
    private const int CountCost = 20;

    public ConnectionType(GraphModuleBuilder modules)
    {
        var item = typeof(T).GraphQLName();
        Name = $"{item}Connection";
        Description = $"A page of a list of `{item}`.";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EdgeType<T>>>>>("edges")
            .Description("The items with their cursors.")
            .Resolve(context => context.Source.Edges)
            .FieldType.SetPaged();
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<GraphQLClrOutputTypeReference<T>>>>>("nodes")
            .Description("The items.")
            .Resolve(context => context.Source.Nodes)
            .FieldType.SetPaged();
        Field<NonNullGraphType<GraphQLClrOutputTypeReference<PageInfo>>>("pageInfo")
            .Description("Where this page stands in the list.")
            .Resolve(context => context.Source.PageInfo);
        if (modules.CountedItems.Contains(typeof(T)))
        {
            Field<NonNullGraphType<IntGraphType>>("totalCount")
                .Description("Items of the whole list; counted only when asked for.")
                .ResolveAsync(async context => await CountAsync(context.Source, context.CancellationToken))
                .FieldType.SetWeight(CountCost);
        }

        PublicFields.MarkAll(this);
        FieldNeeds.MarkAll(this, Need.Of(typeof(T)));
    }

    private static Task<int> CountAsync(Connection<T> connection, CancellationToken cancel) =>
        connection.Count is { } count
            ? count(cancel)
            : throw new InvalidOperationException(
                $"This list of {typeof(T).Name} was built without a count."
            );
}

/// <summary>The graph type of an item on a page: <c>ProductEdge</c> for products.</summary>
internal sealed class EdgeType<T> : ObjectGraphType<Edge<T>>
{
    public EdgeType()
    {
        var item = typeof(T).GraphQLName();
        Name = $"{item}Edge";
        Description = $"A `{item}` and its place in a list.";
        Field<NonNullGraphType<StringGraphType>>("cursor")
            .Description("Marks the place after this item; opaque.")
            .Resolve(context => context.Source.Cursor);
        Field<NonNullGraphType<GraphQLClrOutputTypeReference<T>>>("node")
            .Description("The item.")
            .Resolve(context => context.Source.Node);
        PublicFields.MarkAll(this);
        FieldNeeds.MarkAll(this, Need.Of(typeof(T)));
    }
}
