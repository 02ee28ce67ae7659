using GraphQL.MicrosoftDI;
using GraphQL.Types;
using Shop.GraphQL.Engine.Descriptions;
using Shop.GraphQL.Engine.Federation;
using Shop.GraphQL.Engine.Filters;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Engine.Schema;

/// <summary>A schema made of modules. It holds nothing of a host: resolvers get the request's services. Thread-safe.</summary>
internal sealed class ShopSchema : global::GraphQL.Types.Schema
{
    private readonly Lazy<string> _subgraphText;

    // The list is the engine's and static; it must be set before the first graph type is made.
    static ShopSchema() => GlobalSwitches.GlobalAttributes.Add(new DescribedByDocsAttribute());

    private ShopSchema(IServiceProvider engine, GraphModuleBuilder modules, FederationOptions federation)
        : base(new SelfActivatingServiceProvider(engine))
    {
        Audience = modules.Audience;
        Nodes = modules.Nodes;
        Keys = modules.Keys;
        Shareable = modules.ShareableTypes;
        _subgraphText = new(() => Federation.SubgraphText.Of(this));
        Query = new RootType("Query", "What can be read.", modules, modules.Queries);
        Subgraph.AddTo(Query, modules, federation);
        Mutation = WithFields(new("Mutation", "What can be changed.", modules, modules.Mutations));
        foreach (var field in Mutation?.Fields ?? Enumerable.Empty<FieldType>())
        {
            field.Resolver = new FreshLoaders(field.Resolver!);
        }

        Subscription = WithFields(
            new("Subscription", "What can be watched.", modules, modules.Subscriptions)
        );

        RegisterType(new ComposedString());
        foreach (var type in modules.Types)
        {
            this.RegisterType(type);
        }

        IntrospectionGaps.Fill(this);
        RegisterVisitor(new NullFilters());
    }

    /// <summary>Makes it ready, which takes about a second.</summary>
    /// <exception cref="Exception">The modules do not make a valid schema.</exception>
    public static ShopSchema Of(GraphModuleBuilder modules, FederationOptions federation)
    {
        // A container of its own: the engine applies its settings to every schema of a container, and graph types are
        // never shared.
        var parts = new ServiceCollection();
        parts.AddSingleton(modules);
        parts.AddGraphQL(graph =>
        {
            graph.AddGraphTypeMappingProvider(new ClrMapping(modules));
            graph.Services.Register<ISchema>(
                engine => new ShopSchema(engine, modules, federation),
                global::GraphQL.DI.ServiceLifetime.Singleton
            );
        });
        var schema = (ShopSchema)parts.BuildServiceProvider().GetRequiredService<ISchema>();
        schema.Initialize();
        return schema;
    }

    /// <summary>Who it is for.</summary>
    public Audience Audience { get; }

    /// <summary>How each type that is a node is loaded, by its name.</summary>
    public IReadOnlyDictionary<string, Func<LoaderContext, GlobalId, IDataLoaderResult<Node?>>> Nodes { get; }

    /// <summary>Finds an object by nothing but its id, on behalf of the asker. Null where no type can be found so.</summary>
    public IDataLoaderResult<Node?>? Find(LoaderContext loaders, GlobalId id) =>
        Nodes.TryGetValue(id.Type, out var load) ? load(loaders, id) : null;

    /// <summary>By what other subgraphs name the objects of each type, by the type's name; the id comes first.</summary>
    public IReadOnlyDictionary<string, List<EntityKey>> Keys { get; }

    /// <summary>The names of the types that other subgraphs may have as well.</summary>
    public IReadOnlyList<string> Shareable { get; }

    /// <summary>What composers read; made when first asked for.</summary>
    public string SubgraphText => _subgraphText.Value;

    // A schema for shoppers may have none, where all of a kind is for staff.
    private static RootType? WithFields(RootType root) => root.Fields.Count > 0 ? root : null;
}
