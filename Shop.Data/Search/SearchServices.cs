using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Audit;
using Shop.Data.Outside;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Elastic;
using Shop.Data.Search.Finding;
using Shop.Data.Search.Indexing;
using Shop.Data.Search.Rebuilding;
using Shop.Data.Search.Suggesting;
using Shop.Data.Search.Synonyms;
using Shop.Data.Search.Tables;
using Shop.Data.Search.Words;

namespace Shop.Data.Search;

/// <summary>Registers Search.</summary>
public static class SearchServices
{
    /// <summary>Its database, its verbs, and what finds products.</summary>
    public static IServiceCollection AddSearch(this IServiceCollection services) =>
        services
            .AddSettings<SearchOptions>(SearchOptions.Section)
            .AddDatabase<SearchDb>()
            .AddSingleton<Stems>()
            .AddSingleton<HeldThesaurus>()
            .AddSingleton<Wording>()
            .AddSingleton<SaveSynonym>()
            .AddSingleton<RemoveSynonym>()
            .AddSingleton<IndexProducts>()
            .AddSingleton<IndexCategories>()
            .AddSingleton<SaveStock>()
            .AddSingleton<CountPopularity>()
            .AddSingleton<FirstFilling>()
            .AddSingleton<KeepIndexAge>()
            .AddSingleton<SearchAnnouncements>()
            .AddSingleton<SearchConsistency>()
            .AddSingleton<HeldColumns>()
            .AddSingleton<HeldVocabulary>()
            .AddSingleton<Highlights>()
            .AddScoped<TableSearch>()
            .AddScoped<ProductSuggest>()
            .AddAuditBook<SearchDb>()
            .AddElastic();

    private static IServiceCollection AddElastic(this IServiceCollection services) =>
        services
            .AddSettings<ElasticOptions>(
                ElasticOptions.Section,
                check =>
                    check.Validate(
                        options => options.HasGoodNodes,
                        $"{ElasticOptions.Section}:{nameof(ElasticOptions.Nodes)} are addresses that begin with http:// or https://."
                    )
            )
            .AddOutsideLine(
                ElasticOptions.Section,
                // Half of 20 calls in 10 s: a search is soon asked again, and PostgreSQL answers meanwhile.
                _ =>
                    new("search", CallsAtOnce: 64, Lifetime: TimeSpan.Zero, MaxKept: 1)
                    {
                        CallsToJudge = 20,
                        JudgedFor = TimeSpan.FromSeconds(10),
                        Pause = TimeSpan.FromSeconds(10),
                    }
            )
            .AddSingleton<ElasticLine>()
            .AddSingleton<ElasticWriter>()
            .AddSingleton<EngineIndexes>()
            .AddSingleton<EngineTurn>()
            .AddSingleton<LiveIndex>()
            .AddSingleton<FeedElastic>()
            .AddSingleton<RebuildIndex>()
            .AddSingleton<EngineIndexAnnouncements>()
            .AddSingleton<SearchDesk>()
            .AddSingleton<StartRebuild>()
            .AddSingleton<RollBackIndex>()
            .AddScoped<ElasticSearch>()
            .AddScoped<ProductSearch>(provider =>
                provider.GetRequiredService<ElasticLine>().IsOn
                    ? provider.GetRequiredService<ElasticSearch>()
                    : provider.GetRequiredService<TableSearch>()
            );
}
