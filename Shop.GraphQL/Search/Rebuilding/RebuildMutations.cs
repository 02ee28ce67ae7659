using Shop.Data.Search.Rebuilding;

namespace Shop.GraphQL.Search.Rebuilding;

/// <summary>Indexes of Elasticsearch, built anew and taken back.</summary>
internal sealed class RebuildMutations(StartRebuild startRebuild, RollBackIndex rollBackIndex, Asker asker)
{
    /// <summary>
    /// Builds a new index of Elasticsearch out of the shop's own tables, beside the one that is searched, and then searches that. It is
    /// done in the background, one at a time: watch `searchRebuildChanged`. A fault or a kill costs a page of 500 products. The shop
    /// does so by itself where an index is lost, or an update of the shop needs another one.
    /// </summary>
    /// <param name="input">The key.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Catalog)]
    public async Task<SearchRebuildPayload> SearchRebuildAsync(
        SearchRebuildInput input,
        CancellationToken cancel
    ) =>
        await startRebuild.RunAsync(input.IdempotencyKey, asker.Customer!.Value, cancel) switch
        {
            StartRebuildResult.Started started => new(started.Replayed, []) { IndexId = started.Id },
            StartRebuildResult.NoEngine => SearchRebuildPayload.Refused(
                new NotAllowedNow("This shop has no Elasticsearch; its own tables follow by themselves.")
            ),
            StartRebuildResult.NotYet => SearchRebuildPayload.Refused(
                new NotAllowedNow(
                    "The shop's own tables are still being filled; an index is built of them afterwards."
                )
            ),
            var other => throw new InvalidOperationException($"{other} is no way to end."),
        };

    /// <summary>
    /// Searches the index again that was searched before, for an hour after another one took its place. It has been fed ever since, so
    /// nothing is lost; the one that is searched now can be taken back alike.
    /// </summary>
    /// <param name="input">Which index.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Admin)]
    public async Task<SearchRollbackPayload> SearchRollbackAsync(
        SearchRollbackInput input,
        CancellationToken cancel
    ) =>
        await rollBackIndex.RunAsync(input.IndexId, asker.Customer!.Value, cancel) switch
        {
            RollBackIndexResult.Done done => new(done.Replayed, []) { IndexId = input.IndexId },
            RollBackIndexResult.NotFound => SearchRollbackPayload.Refused(
                new NotFound(
                    "There is no such index, or not any more.",
                    ["indexId"],
                    GlobalId.Of(input.IndexId)
                )
            ),
            RollBackIndexResult.Refused refused => SearchRollbackPayload.Refused(
                new NotAllowedNow(SentenceOf(refused.Fault)) { Field = ["indexId"] }
            ),
            var other => throw new InvalidOperationException($"{other} is no way to end."),
        };

    private static string SentenceOf(RollbackFault fault) =>
        fault switch
        {
            RollbackFault.State =>
                "Only an index that was searched before, and is still there, can be taken back.",
            RollbackFault.Late => "It was put aside an hour ago, and is being removed.",
            RollbackFault.Mapping => "This release of the shop searches another kind of index.",
            _ => throw new InvalidOperationException($"{fault} is no fault."),
        };
}
