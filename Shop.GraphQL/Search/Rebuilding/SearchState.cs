using Shop.Data.Messages;
using Shop.Data.Search;
using Shop.Data.Search.Rebuilding;
using Shop.Data.Storage;
using Shop.GraphQL.Operations;

namespace Shop.GraphQL.Search.Rebuilding;

/// <summary>How the search stands, as the process sees it that answers.</summary>
/// <param name="Store">Who finds products now.</param>
/// <param name="Revision">Rises with every change of the index; a whole number that may outgrow `Int`.</param>
/// <param name="AsOf">All that was committed by then is found.</param>
/// <param name="LagSeconds">How long ago that was, in seconds.</param>
/// <param name="IsFilled">Whether the shop's own tables have all that it had before there was an index; until then some products are not found.</param>
/// <param name="Backlog">Messages about products, categories and stock that are not in the index yet, dead ones counted.</param>
/// <param name="Indexes">Indexes of Elasticsearch, the newest first: the one that is searched, that was searched within the hour, that is built, and that came to nothing within a week; the last 20. Empty where there is no Elasticsearch.</param>
[Staff(StaffRole.Admin)]
internal sealed record SearchState(
    SearchStore Store,
    double Revision,
    DateTimeOffset AsOf,
    double LagSeconds,
    bool IsFilled,
    int Backlog,
    [property: ListSize(5)] IReadOnlyList<SearchIndex> Indexes
)
{
    /// <summary>The index that is being built; null for none.</summary>
    public SearchIndex? Rebuild => Indexes.FirstOrDefault(index => index.State == SearchIndexState.Building);
}

/// <summary>Search's part of what operators see.</summary>
internal sealed class SearchOfOperations(
    SearchDesk desk,
    IEnumerable<MessageDesk> tables,
    SearchAge age,
    StoreTimeout timeout,
    TimeProvider clock
)
{
    private const int Shown = 20;

    private static readonly string _search = ContextName.Of<SearchDb>();

    /// <summary>How products are found: by what, how far behind it is, and which indexes there are.</summary>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Admin), Cost(10)]
    public async Task<SearchState?> SearchAsync(CancellationToken cancel) =>
        await timeout.AskAsync(ReadAsync, cancel);

    private async Task<SearchState> ReadAsync(CancellationToken cancel)
    {
        var standing = await desk.StandAsync(cancel);
        var indexes = await desk.IndexesAsync(Shown, cancel);
        var backlogs = await Task.WhenAll(tables.Select(table => table.BacklogAsync(cancel)));
        var asOf = age.AsOf(standing.Age);
        return new(
            standing.Store,
            standing.Age.Revision,
            asOf,
            // Who writes it may have a clock that is ahead.
            Math.Max(0, (clock.GetUtcNow() - asOf).TotalSeconds),
            standing.IsFilled,
            (int)
                backlogs
                    .SelectMany(backlog => backlog)
                    .Where(backlog => backlog.Receiver == _search)
                    .Sum(backlog => backlog.Open + backlog.Dead),
            [.. indexes.Select(SearchIndex.Of)]
        );
    }
}
