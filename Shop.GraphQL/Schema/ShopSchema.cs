using GraphQL.MicrosoftDI;
using Shop.GraphQL.Loading;

namespace Shop.GraphQL.Schema;

/// <summary>A schema made of modules.</summary>
internal sealed class ShopSchema : global::GraphQL.Types.Schema
{
    public ShopSchema(IServiceProvider engine, GraphModuleBuilder modules)
        : base(new SelfActivatingServiceProvider(engine))
    {
        Nodes = modules.Nodes;
        Query = new RootType("Query", "What can be read.", modules.Queries);
        if (modules.Mutations.Count > 0)
        {
            Mutation = new RootType("Mutation", "What can be changed.", modules.Mutations);
            foreach (var field in Mutation.Fields)
            {
                field.Resolver = new FreshLoaders(field.Resolver!);
            }
        }

        if (modules.Subscriptions.Count > 0)
        {
            Subscription = new RootType("Subscription", "What can be watched.", modules.Subscriptions);
        }

        foreach (var type in modules.Types)
        {
            this.RegisterType(type);
        }

        IntrospectionGaps.Fill(this);
        RegisterVisitor(new TidyDescriptions());
    }

    /// <summary>How each type that is a node is loaded, by its name.</summary>
    public IReadOnlyDictionary<string, NodeLoad> Nodes { get; }
}
