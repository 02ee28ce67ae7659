using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Search;

/// <summary>What Search adds to the graph.</summary>
internal sealed class SearchModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph
            .Query<SearchQueries>()
            .Query<SkuAggregateQueries>()
            .Query<SuggestQueries>()
            .Extend<Category, CategorySearch>();
}
