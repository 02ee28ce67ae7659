using System.Runtime.CompilerServices;
using Shop.Data.Pricing.Codes;
using Shop.Data.Storage.PubSub;

namespace Shop.GraphQL.Pricing.Codes;

/// <summary>Codes in the making, live.</summary>
internal sealed class PromotionCodeSubscriptions(Signals signals, ReadCodes codes)
{
    /// <summary>
    /// Codes in the making, on whatever node. The first event is how far they are; then it comes whenever a piece is made; it ends after
    /// the event whose `finishedAt` is set.
    /// </summary>
    /// <param name="batchId">Which.</param>
    /// <param name="fromVersion">The version you have; nothing comes until there is a newer one.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ExecutionError">There are no such codes.</exception>
    [Staff(StaffRole.Pricing)]
    public async IAsyncEnumerable<PromotionCodeBatch> PromotionCodeBatchChanged(
        CodeBatchId batchId,
        int? fromVersion,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var seen = fromVersion ?? 0;
        // Heard before it is read, so that no piece falls in between.
        await foreach (var _ in signals.ListenAsync(MakeCodes.Channel, batchId.Value, TimeSpan.Zero, cancel))
        {
            var batch =
                await codes.FindAsync(batchId, cancel)
                ?? throw new ExecutionError("There are no such codes.") { Code = ErrorCode.NotFound };
            if (batch.Version > seen)
            {
                seen = batch.Version;
                yield return PromotionCodeBatch.Of(batch);
            }

            if (batch.FinishedAt is not null)
            {
                yield break;
            }
        }
    }
}
