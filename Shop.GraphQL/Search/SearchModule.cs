using Shop.Data.Search;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Operations;
using Shop.GraphQL.Search.Rebuilding;
using Shop.GraphQL.Search.Synonyms;
using Synonym = Shop.GraphQL.Search.Synonyms.Synonym;

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
            .Query<SynonymQueries>()
            .Extend<Category, CategorySearch>()
            .Id<EngineIndexId>("SearchIndex")
            .Node<EngineIndexId, SearchIndex>((loaders, id) => loaders.Get<SearchIndexById>().Load(id))
            .Id<SynonymId>("Synonym")
            .Node<SynonymId, Synonym>((loaders, id) => loaders.Get<SynonymById>().Load(id))
            .Extend<OperationsPage, SearchOfOperations>()
            .Mutation<RebuildMutations>()
            .Mutation<SynonymMutations>()
            .Subscription<RebuildSubscriptions>();
}
