using System.Globalization;
using Shop.Data.Payments;
using Shop.Data.Payments.Books;

namespace Shop.GraphQL.Payments;

/// <summary>A difference that staff is done with.</summary>
/// <param name="DifferenceId">Which.</param>
/// <param name="Note">What there is to say; at most 500 characters.</param>
internal sealed record PaymentDifferenceResolveInput(
    DifferenceId DifferenceId,
    [property: MaxText(500)] string? Note
);

/// <summary>A channel's book of a day that is to be compared.</summary>
/// <param name="Channel">At which channel.</param>
/// <param name="Account">At which account, as `paymentChannels` tells.</param>
/// <param name="Day">Which day, in the channel's time zone: `2026-11-27`.</param>
internal sealed record PaymentReconcileInput(
    PaymentChannelCode Channel,
    [property: MaxText(100)] string Account,
    [property: MaxText(10)] string Day
);

/// <summary>What became of a difference.</summary>
/// <param name="Problems">Why nothing was done; empty on success.</param>
[Staff(StaffRole.Payments)]
internal sealed record PaymentDifferencePayload([property: ListSize(1)] IReadOnlyList<Problem> Problems)
{
    /// <summary>Which difference.</summary>
    internal DifferenceId? DifferenceId { get; init; }

    /// <summary>The difference as it is now; null where there is none.</summary>
    public IDataLoaderResult<PaymentDifference?>? Difference([FromServices] LoaderContext loaders) =>
        DifferenceId is { } id ? loaders.Get<DifferenceById>().Load(id) : null;
}

/// <summary>What became of a comparison.</summary>
/// <param name="Lines">How many payments and refunds the channel's book has; null where it was not compared.</param>
/// <param name="Found">How many differences are new; null where it was not compared.</param>
/// <param name="Problems">Why it was not compared; empty on success.</param>
[Staff(StaffRole.Payments)]
internal sealed record PaymentReconcilePayload(
    int? Lines,
    int? Found,
    [property: ListSize(1)] IReadOnlyList<Problem> Problems
);

/// <summary>What staff does with the books of channels.</summary>
internal sealed class BookMutations(ResolveDifference resolve, ReconcileDay reconcile, Asker asker)
{
    /// <summary>Notes that staff is done with a difference. Done twice, it is done, and the first note stays.</summary>
    /// <param name="input">Which.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Payments)]
    public async Task<PaymentDifferencePayload> PaymentDifferenceResolveAsync(
        PaymentDifferenceResolveInput input,
        CancellationToken cancel
    ) =>
        await resolve.RunAsync(input.DifferenceId, input.Note, asker.Customer!.Value, cancel)
            is ResolveDifferenceResult.Resolved(var id)
            ? new([]) { DifferenceId = id }
            : new([
                new NotFound(
                    "There is no such difference.",
                    ["differenceId"],
                    GlobalId.Of(input.DifferenceId)
                ),
            ]);

    /// <summary>
    /// Reads a channel's book of a day and compares it with the shop's own, which the shop does by itself every day; again, it finds
    /// the same. It may take minutes.
    /// </summary>
    /// <param name="input">Which account, and which day.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Payments), Cost(100)]
    public async Task<PaymentReconcilePayload> PaymentReconcileAsync(
        PaymentReconcileInput input,
        CancellationToken cancel
    )
    {
        if (!DateOnly.TryParseExact(input.Day, "O", CultureInfo.InvariantCulture, default, out var day))
        {
            return Refused(new InvalidInput("It must be a day such as 2026-11-27.", ["day"]));
        }

        return await reconcile.RunAsync(
            input.Channel,
            input.Account,
            day,
            asker.Customer!.Value,
            cancel
        ) switch
        {
            ReconcileResult.Compared(var lines, var found) => new(lines, found, []),
            ReconcileResult.NotYet => Refused(new NotAllowedNow("The channel has not made this book yet.")),
            ReconcileResult.Broken(var why) => Refused(
                new NotAllowedNow($"What the channel sent can't be used: {why}.")
            ),
            ReconcileResult.NoAccount => Refused(
                new NotFound("There is no such account at this channel.", ["account"], null)
            ),
            var result => throw new InvalidOperationException($"{result} is no way to end."),
        };
    }

    private static PaymentReconcilePayload Refused(Problem problem) => new(null, null, [problem]);
}
