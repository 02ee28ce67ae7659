using System.Runtime.CompilerServices;
using Shop.Data.Search;
using Shop.Data.Search.Rebuilding;
using Shop.Data.Storage.PubSub;

namespace Shop.GraphQL.Search.Rebuilding;

/// <summary>Indexes of Elasticsearch, live.</summary>
internal sealed class RebuildSubscriptions(Signals signals, SearchDesk desk)
{
    /// <summary>
    /// An index on its way, on whatever node it is built. The first event is the index as it is; then it comes whenever it has moved,
    /// steps in quick succession as one; it ends after the event whose state is not `BUILDING`.
    /// </summary>
    /// <param name="indexId">Which.</param>
    /// <param name="fromVersion">The version you have; nothing comes until there is a newer one.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ExecutionError">There is no such index.</exception>
    [Staff(StaffRole.Catalog)]
    public async IAsyncEnumerable<SearchIndex> SearchRebuildChanged(
        EngineIndexId indexId,
        int? fromVersion,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var seen = fromVersion ?? 0;
        // Heard before it is read, so that no step falls in between.
        await foreach (
            var _ in signals.ListenAsync(
                EngineIndexAnnouncements.Channel,
                indexId.Value,
                TimeSpan.Zero,
                cancel
            )
        )
        {
            var index =
                await desk.FindAsync(indexId, cancel)
                ?? throw new ExecutionError("There is no such index.") { Code = ErrorCode.NotFound };
            if (index.Version > seen)
            {
                seen = index.Version;
                yield return SearchIndex.Of(index);
            }

            if (index.State != SearchIndexState.Building)
            {
                yield break;
            }
        }
    }
}
