using Shop.Data.Payments;
using DifferenceRow = Shop.Data.Payments.Difference;

namespace Shop.GraphQL.Payments;

/// <summary>Something in which the shop's book and a channel's differ. Told once, however often it is found.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Kind">In what.</param>
/// <param name="Channel">At which channel.</param>
/// <param name="Account">At which account, as the settings call it.</param>
/// <param name="Subject">What it is about at the channel: the shop's number, or the channel's where there is none.</param>
/// <param name="Here">What the shop's book says; null where it says nothing.</param>
/// <param name="There">What the channel's says; null where it says nothing.</param>
/// <param name="Text">What else there is to say; null where there is nothing.</param>
/// <param name="FoundAt">When it was found first.</param>
/// <param name="ResolvedAt">When staff was done with it, or it went by itself; null before that.</param>
/// <param name="Note">What staff said then; null where they said nothing.</param>
[Staff(StaffRole.Payments)]
internal sealed record PaymentDifference(
    DifferenceId Id,
    DifferenceKind Kind,
    PaymentChannelCode Channel,
    string Account,
    string Subject,
    Money? Here,
    Money? There,
    string? Text,
    DateTimeOffset FoundAt,
    DateTimeOffset? ResolvedAt,
    string? Note
)
{
    /// <summary>Which payment.</summary>
    internal PaymentId? PaymentId { get; init; }

    /// <summary>The payment that it is about; null where the shop has none.</summary>
    public IDataLoaderResult<Payment?>? Payment([FromServices] LoaderContext loaders) =>
        PaymentId is { } id ? loaders.Get<OwnPayment>().Load(id) : null;

    internal static PaymentDifference Of(DifferenceRow row) =>
        new(
            row.Id,
            row.Kind,
            row.Channel,
            row.Account,
            row.Subject,
            Amount(row.HereMinor, row.Currency),
            Amount(row.ThereMinor, row.Currency),
            row.Text,
            row.FoundAt,
            row.ResolvedAt,
            row.Note
        )
        {
            PaymentId = row.PaymentId,
        };

    private static Money? Amount(long? minor, string? currency) =>
        minor is { } told && currency is not null ? new Money(told, currency) : null;
}

/// <summary>Which differences. All that is given has to hold; what is left out does not matter.</summary>
[Engine.Filters.Filter]
internal sealed record PaymentDifferenceWhere
{
    /// <summary>Whether staff is done with it.</summary>
    public ResolvedFilter? Resolved { get; init; }

    /// <summary>At which channel.</summary>
    public PaymentChannelFilter? Channel { get; init; }
}

/// <summary>Differences by whether staff is done with them.</summary>
[Engine.Filters.Filter]
internal sealed record ResolvedFilter
{
    /// <summary>This.</summary>
    public bool? Eq { get; init; }
}

/// <summary>Finds a difference by its id.</summary>
internal sealed class DifferenceById(Shop.Data.Storage.Reads<PaymentsDb> reads)
    : RowLoader<PaymentsDb, DifferenceId, PaymentDifference>(reads, difference => difference.Id)
{
    /// <inheritdoc />
    protected override IQueryable<PaymentDifference> Rows(PaymentsDb db, IReadOnlyList<DifferenceId> keys) =>
        db.Differences.Where(row => keys.Contains(row.Id)).Select(row => PaymentDifference.Of(row));
}
