using Shop.Data.Search.Finding;
using Shop.Data.Search.Rebuilding;
using Shop.Data.Telemetry;

namespace Shop.GraphQL.Search;

/// <summary>Has searches measured, how old the index is that answers them, and how far another is that is being built.</summary>
internal sealed class SearchMeter(SearchDesk desk, SearchAge age, ShopMeter meter, TimeProvider clock)
    : IHostedService
{
    /// <summary>Searches, and counts it.</summary>
    /// <exception cref="SearchAwayException">It is counted, too.</exception>
    public async Task<SearchResult> CountAsync(Func<Task<SearchResult>> search)
    {
        try
        {
            var found = await search();
            meter.Searched(
                found.IsFallback ? "fallback"
                    : desk.Store == SearchStore.Tables ? "tables"
                    : "elasticsearch",
                found.Count > 0 ? "found" : "nothing"
            );
            return found;
        }
        catch (SearchAwayException)
        {
            meter.Searched("elasticsearch", "unavailable");
            throw;
        }
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.ObserveSearch(Lag);
        meter.ObserveRebuild(() => desk.Rebuilt);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Nothing where this node holds no index: each answer says then how old it is.
    private IEnumerable<(string Store, double Seconds)> Lag() =>
        desk.Age is { } held
            ? [(NameOf(desk.Store), Math.Max(0, (clock.GetUtcNow() - age.AsOf(held)).TotalSeconds))]
            : [];

    private static string NameOf(SearchStore store) =>
        store switch
        {
            SearchStore.Tables => "tables",
            SearchStore.Elasticsearch => "elasticsearch",
            SearchStore.Fallback => "fallback",
            SearchStore.Nobody => "nobody",
            _ => throw new ArgumentOutOfRangeException(nameof(store), store, "No such store."),
        };
}
