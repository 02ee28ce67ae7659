using GraphQL.Types;
using Shop.GraphQL.Engine.Federation;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>Collects what the modules of one schema add to it.</summary>
/// <param name="audience">Who the schema is for.</param>
internal sealed class GraphModuleBuilder(Audience audience)
{
    /// <summary>Who the schema is for.</summary>
    public Audience Audience => audience;

    internal List<Type> Queries { get; } = [];

    internal List<Type> Mutations { get; } = [];

    internal List<Type> Subscriptions { get; } = [];

    internal List<(Type Target, Type Fields)> Extensions { get; } = [];

    internal List<(Type Clr, Type Graph)> Mappings { get; } = [];

    internal List<Type> Types { get; } = [];

    internal HashSet<Type> Interfaces { get; } = [];

    internal HashSet<Type> CountedItems { get; } = [];

    internal HashSet<Type> PublicRecords { get; } = [];

    internal Dictionary<string, Func<LoaderContext, GlobalId, IDataLoaderResult<Node?>>> Nodes { get; } = [];

    internal List<Type> NodeTypes { get; } = [];

    internal Dictionary<string, List<EntityKey>> Keys { get; } = [];

    internal List<string> ShareableTypes { get; } = [];

    internal List<ServiceDescriptor> Services { get; } = [];

    /// <summary>All classes whose methods are fields; they come from the request's services.</summary>
    internal IEnumerable<Type> Resolvers =>
        Queries
            .Concat(Mutations)
            .Concat(Subscriptions)
            .Concat(Extensions.Select(extension => extension.Fields))
            .Distinct();

    /// <summary>Whether the schema has a field, by what it needs of the asker.</summary>
    internal bool Shows(FieldType field) => field.Need() is not { } need || need.IsFor(audience);

    /// <summary>Each public method of <typeparamref name="T"/> becomes a field of <c>Query</c>.</summary>
    public GraphModuleBuilder Query<T>()
        where T : class => Add(Queries, typeof(T));

    /// <summary>Each public method becomes a field of <c>Mutation</c>.</summary>
    public GraphModuleBuilder Mutation<T>()
        where T : class => Add(Mutations, typeof(T));

    /// <summary>Each public method, returning <c>IAsyncEnumerable</c>, becomes a field of <c>Subscription</c>.</summary>
    public GraphModuleBuilder Subscription<T>()
        where T : class => Add(Subscriptions, typeof(T));

    /// <summary>
    /// Adds fields to a type that another context owns: the methods of <typeparamref name="TFields"/>, each with a
    /// <c>[FromSource] TTarget</c> parameter.
    /// </summary>
    public GraphModuleBuilder Extend<TTarget, TFields>()
        where TFields : class => Add(Extensions, (typeof(TTarget), typeof(TFields)));

    /// <summary>Shows a C# type as a hand-written graph type, where the rule (a record is an object) does not fit.</summary>
    public GraphModuleBuilder Map<TClr, TGraph>()
        where TGraph : IGraphType => Add(Mappings, (typeof(TClr), typeof(TGraph)));

    /// <summary>Adds an object type that no field names, such as an implementation of an interface.</summary>
    public GraphModuleBuilder Type<T>()
        where T : class => Add(Types, typeof(ObjectType<T>));

    /// <summary>Shows a C# interface as a GraphQL interface; every record that implements it in C# does so there.</summary>
    public GraphModuleBuilder Interface<T>()
        where T : class
    {
        Interfaces.Add(typeof(T));
        return this;
    }

    /// <summary>Gives connections of <typeparamref name="T"/> a <c>totalCount</c>; each must then be able to count.</summary>
    public GraphModuleBuilder Counted<T>()
    {
        CountedItems.Add(typeof(T));
        return this;
    }

    /// <summary>Says <see cref="PublicAttribute"/> of a record that knows nothing of the graph.</summary>
    public GraphModuleBuilder Public<T>()
    {
        PublicRecords.Add(typeof(T));
        return this;
    }

    /// <summary>Shows a Snowflake id as an opaque <c>ID</c> of this type.</summary>
    public GraphModuleBuilder Id<TId>(string typeName)
        where TId : struct, IRowId<TId>
    {
        IdKinds.Add<TId>(typeName);
        return this;
    }

    /// <summary>Shows any other kind of id as an opaque <c>ID</c> of this type.</summary>
    /// <param name="typeName">The GraphQL type it names.</param>
    /// <param name="write">The id as text, without the type.</param>
    /// <param name="read">The text as an id; null where it is none.</param>
    public GraphModuleBuilder Id<TId>(string typeName, Func<TId, string> write, Func<string, TId?> read)
        where TId : struct
    {
        IdKinds.Add(typeName, write, read);
        return this;
    }

    /// <summary>
    /// Lets <c>node</c> and <c>nodes</c>, and other subgraphs, find objects of this type by their ids, through a loader of
    /// its context. Of a type that is for staff, a schema for shoppers has none.
    /// </summary>
    public GraphModuleBuilder Node<TId, TNode>(Func<LoaderContext, TId, IDataLoaderResult<TNode?>> load)
        where TId : struct
        where TNode : class, Node
    {
        var need = Need.Of(typeof(TNode));
        if (need?.IsFor(audience) == false)
        {
            return this;
        }

        Nodes.Add(
            IdKinds.NameOf<TId>(),
            Guarded<GlobalId, TNode>((loaders, id) => load(loaders, id.To<TId>()), need)
        );
        NodeTypes.Add(typeof(TNode));
        return Key<TNode>("id", (loaders, text) => load(loaders, GlobalId.Parse(text).To<TId>()))
            .Type<TNode>();
    }

    /// <summary>Lets other subgraphs name nodes of this type by another field than their id, such as <c>slug</c>.</summary>
    /// <param name="field">A field of type <c>String!</c>, unique in its type.</param>
    /// <param name="load">Finds the node on behalf of the asker; null where it is not theirs to see.</param>
    public GraphModuleBuilder Key<TNode>(
        string field,
        Func<LoaderContext, string, IDataLoaderResult<TNode?>> load
    )
        where TNode : class, Node
    {
        var type = typeof(TNode).GraphQLName();
        if (!Keys.TryGetValue(type, out var keys))
        {
            Keys.Add(type, keys = []);
        }

        keys.Add(new(field, Guarded(load, Need.Of(typeof(TNode)))));
        return this;
    }

    /// <summary>
    /// Lets other subgraphs have this type as well, where the schema has it. It is a value, without an id: each subgraph
    /// that shows it resolves all of it.
    /// </summary>
    public GraphModuleBuilder Shareable<T>() => Add(ShareableTypes, typeof(T).GraphQLName());

    /// <summary>Does for another context what it asks for by this delegate, which stands with the one that asks.</summary>
    public GraphModuleBuilder Provide<TDelegate>(Func<IServiceProvider, TDelegate> make)
        where TDelegate : Delegate => Add(Services, ServiceDescriptor.Singleton(make));

    // What is not theirs to see is as absent as what never was: an id alone must not tell that it exists.
    private static Func<LoaderContext, TKey, IDataLoaderResult<Node?>> Guarded<TKey, TNode>(
        Func<LoaderContext, TKey, IDataLoaderResult<TNode?>> load,
        Need? need
    )
        where TNode : class, Node =>
        (loaders, key) =>
            need?.IsMetBy(loaders.Asker) == false
                ? LoaderResults.Of<Node?>(null)
                : load(loaders, key).Select(node => (Node?)node);

    private GraphModuleBuilder Add<TItem>(List<TItem> list, TItem item)
    {
        list.Add(item);
        return this;
    }
}
