using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Catalog.Messages;
using Shop.Data.Inventory.Messages;
using Shop.Data.Search;
using Shop.Data.Search.Elastic;
using Shop.Data.Search.Indexing;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Search;

/// <summary>What Search does later: all that is written to the index.</summary>
internal static class SearchJobs
{
    private static readonly TimeSpan _often = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _nowAndThen = TimeSpan.FromMinutes(1);

    /// <summary>Search, and those who bring it what other contexts keep.</summary>
    public static IServiceCollection Add(IServiceCollection services) =>
        services
            .AddSearch()
            .AddSingleton<IndexChanges>()
            .AddSingleton<FillIndex>()
            .AddSingleton<WatchIndexAge>();

    public static void Describe(ContextJobs search) =>
        search
            .Hears<ProductsChanged, IndexChanges>((index, told, cancel) => index.RunAsync(told, cancel))
            .Hears<CategoriesChanged, IndexChanges>((index, told, cancel) => index.RunAsync(told, cancel))
            .Hears<StockMoved, SaveStock>((save, told, cancel) => save.RunAsync(told, cancel))
            .Repeats<FillIndex>("fill-search-index", _nowAndThen, (fill, cancel) => fill.RunAsync(cancel))
            .Repeats<FeedElastic>(
                "feed-elastic",
                _often,
                (feed, cancel) => feed.RunAsync(cancel),
                onEachNode: true
            )
            .Repeats<RebuildIndex>(
                "rebuild-index",
                _often,
                (rebuild, cancel) => rebuild.RunAsync(cancel),
                onEachNode: true
            )
            .Repeats<CountPopularity>(
                "count-popularity",
                ContextJobs.Hourly,
                (count, cancel) => count.RunAsync(cancel)
            )
            .Repeats<WatchIndexAge>(
                "watch-index-age",
                _often,
                (watch, cancel) => watch.RunAsync(cancel),
                onEachNode: true
            );
}
