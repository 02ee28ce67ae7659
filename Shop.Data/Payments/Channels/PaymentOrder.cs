namespace Shop.Data.Payments.Channels;

/// <summary>What a channel is asked to open. It is stored with the payment, so that a second begin sends the same bytes.</summary>
/// <param name="OutNo">The shop's number for it: at most 23 letters and digits.</param>
/// <param name="Token">Comes back with the notice; at most 107 characters.</param>
/// <param name="Method">Where the customer pays.</param>
/// <param name="Amount">What is asked for.</param>
/// <param name="Description">What the customer reads at the channel: <c>Order S-7K2M-9QXT</c>.</param>
/// <param name="BegunAt">When it was begun; a part of its name at UnionPay.</param>
/// <param name="ExpiresAt">From then on it can't be paid.</param>
/// <param name="ReturnUrl">Where the customer comes back to; null where none was said.</param>
/// <param name="PayerAddress">The network address of who pays; null where it is not known.</param>
/// <param name="OpenId">Who pays, in a page that WeChat shows; else null.</param>
public sealed record PaymentOrder(
    string OutNo,
    string Token,
    PaymentMethod Method,
    Money Amount,
    string Description,
    DateTimeOffset BegunAt,
    DateTimeOffset ExpiresAt,
    Uri? ReturnUrl,
    string? PayerAddress,
    string? OpenId
);

/// <summary>A payment that the channel was asked to open.</summary>
/// <param name="OutNo">The shop's number for it.</param>
/// <param name="Reference">The channel's number for it; null as long as it is not known.</param>
/// <param name="Method">Where the customer pays.</param>
/// <param name="Amount">What was asked for.</param>
/// <param name="BegunAt">When it was begun.</param>
/// <param name="ExpiresAt">From then on it can't be paid.</param>
/// <param name="Token">The token that it was begun with.</param>
public sealed record PaymentRef(
    string OutNo,
    string? Reference,
    PaymentMethod Method,
    Money Amount,
    DateTimeOffset BegunAt,
    DateTimeOffset ExpiresAt,
    string Token
);

/// <summary>Money that is to go back.</summary>
/// <param name="OutNo">The shop's number for the refund: at most 24 letters and digits.</param>
/// <param name="Reference">The channel's number for the refund; null as long as it is not known.</param>
/// <param name="Amount">How much goes back.</param>
/// <param name="BackBefore">How much of the payment has gone back before, in minor units: some channels tell sums.</param>
/// <param name="RequestedAt">When it was asked for; a part of its name at UnionPay.</param>
/// <param name="Reason">What the customer may read; at most 80 characters.</param>
/// <param name="Payment">What was paid.</param>
public sealed record RefundOrder(
    string OutNo,
    string? Reference,
    Money Amount,
    long BackBefore,
    DateTimeOffset RequestedAt,
    string Reason,
    PaymentRef Payment
);
