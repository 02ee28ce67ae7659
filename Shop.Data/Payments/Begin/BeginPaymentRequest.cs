namespace Shop.Data.Payments.Begin;

/// <summary>An order that awaits payment, as its own context has told it just now.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Description">What the customer reads at the channel: <c>Order S-7K2M-9QXT</c>.</param>
/// <param name="Total">What it costs, more than nothing.</param>
/// <param name="DueAt">Until when tries to pay run.</param>
/// <param name="ClosesAt">Until when a payment settles it; after that its order is called off.</param>
public sealed record OrderToPay(
    OrderId OrderId,
    string Description,
    Money Total,
    DateTimeOffset DueAt,
    DateTimeOffset ClosesAt
);

/// <summary>A customer wants to pay.</summary>
/// <param name="IdempotencyKey">Chosen by the client: the same key gives the same payment.</param>
/// <param name="Order">What for.</param>
/// <param name="Channel">At which channel.</param>
/// <param name="Method">Where the customer pays.</param>
/// <param name="ReturnUrl">Where they come back to; null for nowhere.</param>
/// <param name="PayerAddress">The network address of the client; null where it is not known.</param>
/// <param name="OpenId">Who pays, in a page that WeChat shows; else null.</param>
/// <param name="Subjects">On whose behalf, for <see cref="WritePositions"/>.</param>
public sealed record BeginPaymentRequest(
    Guid IdempotencyKey,
    OrderToPay Order,
    PaymentChannelCode Channel,
    PaymentMethod Method,
    Uri? ReturnUrl,
    string? PayerAddress,
    string? OpenId,
    IReadOnlyList<string> Subjects
);
