using Shop.Data.Payments;

namespace Shop.GraphQL.Payments;

/// <summary>Another payment of this order is open, and whether it can be closed is not known yet. Nothing was begun.</summary>
/// <param name="PollAfter">Send the same again, with the same key, not before this moment.</param>
internal sealed record PaymentOpen([property: Ignore] PaymentId PaymentId, DateTimeOffset PollAfter) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.PaymentOpen;

    /// <inheritdoc cref="Problem.Message" />
    public string Message =>
        "Another payment of this order is open, and its channel does not say whether it is closed.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field => ["order"];

    /// <summary>The payment that is open.</summary>
    public IDataLoaderResult<Payment> Payment([FromServices] LoaderContext loaders) =>
        loaders.Get<ProvenPaymentById>().Require(PaymentId);
}

/// <summary>The channel is not on, or does not answer at this time. Nothing was begun.</summary>
/// <param name="PollAfter">Send the same again, with the same key, not before this moment.</param>
/// <param name="Others">Channels that would take this payment now; may be empty. At most 10.</param>
internal sealed record ChannelUnavailable(
    DateTimeOffset PollAfter,
    [property: ListSize(3)] IReadOnlyList<PaymentChannelCode> Others
) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.ChannelUnavailable;

    /// <inheritdoc cref="Problem.Message" />
    public string Message =>
        Others.Count == 0
            ? "The channel takes no payment at this time."
            : $"The channel takes no payment at this time; {string.Join(", ", Others.Select(other => $"{other}".ToConstantCase()))} would.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field => ["channel"];
}

/// <summary>The channel takes other amounts at once; told of a cart, all channels of the shop do.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The most.</param>
internal sealed record AmountOutOfRange(Money Min, Money Max) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.AmountOutOfRange;

    /// <inheritdoc cref="Problem.Message" />
    public string Message { get; init; } =
        $"The channel takes from {Min.Amount} to {Max.Amount} {Max.Currency} at once.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; } = ["channel"];
}

/// <summary>The channel does not take the currency, or can't say this amount in it; told of a cart, no channel of the shop does.</summary>
internal sealed record CurrencyNotSupported : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.CurrencyNotSupported;

    /// <inheritdoc cref="Problem.Message" />
    public string Message { get; init; } = "The channel does not take this amount in the order's currency.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; } = ["channel"];
}

/// <summary>The channel has refused the payment for good; another try, or another channel, may do.</summary>
/// <param name="Reason">The channel's own code.</param>
internal sealed record ChannelRefused(string Reason) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.ChannelRefused;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => $"The channel has refused the payment: {Reason}.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field => ["channel"];
}

/// <summary>More was to go back than is left of the payment.</summary>
/// <param name="Left">What is left.</param>
internal sealed record TooMuchRefunded(Money Left) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.TooMuchRefunded;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => $"{Left.Amount} {Left.Currency} are left of the payment.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field => ["amount"];
}
