using Shop.Data.Messages;
using Shop.Data.Search;
using Shop.Data.Search.Indexing;

namespace Shop.Jobs.Search;

/// <summary>Finds out how old the index is: it lacks what stands in messages that Search has not taken.</summary>
public sealed class WatchIndexAge(IEnumerable<MessageDesk> desks, KeepIndexAge keep, TimeProvider clock)
{
    private static readonly string _search = ContextName.Of<SearchDb>();

    /// <returns>Zero: once is enough until the next second.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var asOf = clock.GetUtcNow();
        foreach (var desk in desks)
        {
            if (await desk.OldestAsync(_search, cancel) is { } oldest && oldest < asOf)
            {
                asOf = oldest;
            }
        }

        await keep.RunAsync(asOf, cancel);
        return 0;
    }
}
