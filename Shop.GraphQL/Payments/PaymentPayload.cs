namespace Shop.GraphQL.Payments;

/// <summary>What became of a payment.</summary>
/// <param name="Replayed">True where the key had been used before: this is the first call's payment, nothing new happened.</param>
/// <param name="PollAfter">When to ask again, by `paymentCheck` or by sending the same again: the channel has not answered. Else null.</param>
/// <param name="Problems">Why nothing was done; empty on success.</param>
internal sealed record PaymentPayload(
    bool Replayed,
    DateTimeOffset? PollAfter,
    [property: ListSize(3)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>Which payment.</summary>
    internal PaymentId? PaymentId { get; init; }

    /// <summary>The payment as it is now; null where there is none.</summary>
    public IDataLoaderResult<Payment?>? Payment([FromServices] LoaderContext loaders) =>
        PaymentId is { } id ? loaders.Get<ProvenPaymentById>().Load(id) : null;

    internal static PaymentPayload Of(
        PaymentId payment,
        bool replayed = false,
        DateTimeOffset? pollAfter = null
    ) => new(replayed, pollAfter, []) { PaymentId = payment };

    internal static PaymentPayload Refused(params IReadOnlyList<Problem> problems) =>
        new(Replayed: false, PollAfter: null, problems);

    /// <summary>No such payment, as far as they can see who ask.</summary>
    internal static PaymentPayload Absent { get; } =
        Refused(new NotFound("There is no such payment, or it is not yours to see.", ["paymentId"], null));
}
