using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;
using Shop.Data.Search.Indexing;
using Shop.Data.Search.Suggesting;
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
            .AddScoped<ProductSearch>()
            .AddScoped<ProductSuggest>();
}
