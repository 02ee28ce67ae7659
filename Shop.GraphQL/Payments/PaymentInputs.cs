using Shop.Data.Payments;
using Shop.GraphQL.Orders;

namespace Shop.GraphQL.Payments;

/// <summary>A try to pay for an order.</summary>
/// <param name="IdempotencyKey">The same key gives the same payment, however often and from wherever it is sent; remembered for a week or as the shop is set.</param>
/// <param name="Order">Which order; it has to await payment.</param>
/// <param name="AccessKey">What `orderPlace` gave to the client that placed it; not needed by its customer.</param>
/// <param name="Channel">At which channel, as `paymentOptions` offers them.</param>
/// <param name="Method">Where the customer pays, as `paymentOptions` offers them.</param>
/// <param name="ReturnUrl">Where the customer comes back to: the shop's own address, or an origin that the shop is set to let in. That they are back proves nothing: ask by `paymentCheck`.</param>
/// <param name="OpenId">Who pays in a page that WeChat shows, as WeChat calls them; needed for `WECHAT_BROWSER` alone.</param>
/// <param name="IfOrderVersion">Refused unless the order is at this version; null begins at any.</param>
internal sealed record PaymentBeginInput(
    Guid IdempotencyKey,
    OrderBy Order,
    [property: MaxText(100)] string? AccessKey,
    PaymentChannelCode Channel,
    PaymentMethod Method,
    Uri? ReturnUrl,
    [property: MaxText(128)] string? OpenId,
    int? IfOrderVersion
);

/// <summary>A payment of an order.</summary>
/// <param name="PaymentId">Which.</param>
/// <param name="AccessKey">What `orderPlace` gave to the client that placed its order; not needed by its customer, nor by staff on their own schema.</param>
internal sealed record PaymentCheckInput(PaymentId PaymentId, [property: MaxText(100)] string? AccessKey);

/// <summary>A payment that is not to be paid any more.</summary>
/// <param name="PaymentId">Which.</param>
/// <param name="AccessKey">What `orderPlace` gave to the client that placed its order; not needed by its customer, nor by staff on their own schema.</param>
internal sealed record PaymentCancelInput(PaymentId PaymentId, [property: MaxText(100)] string? AccessKey);
