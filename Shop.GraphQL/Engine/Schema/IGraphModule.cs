namespace Shop.GraphQL.Engine.Schema;

/// <summary>What one bounded context adds to a schema; the same modules make the whole schema and each subgraph.</summary>
internal interface IGraphModule
{
    /// <summary>Names the context's resolvers, its types and ids. Called once for each schema.</summary>
    void Configure(GraphModuleBuilder graph);
}
