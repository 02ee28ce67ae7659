namespace Shop.Load.Pay;

/// <summary>A way to pay.</summary>
/// <param name="Channel">As GraphQL calls it.</param>
/// <param name="Slug">As the simulator and addresses call it.</param>
/// <param name="Method">Where the customer pays there, as GraphQL calls it.</param>
internal sealed record PaymentWay(string Channel, string Slug, string Method)
{
    /// <summary>Those that are signed by the shop, and those that the channel is asked for; neighbours are of different channels.</summary>
    public static IReadOnlyList<PaymentWay> All { get; } =
    [
        new("STRIPE", "stripe", "WEB"),
        new("WECHAT_PAY", "wechat-pay", "QR_CODE"),
        new("ALIPAY", "alipay", "WEB"),
        new("UNION_PAY", "union-pay", "QR_CODE"),
        new("ALIPAY", "alipay", "QR_CODE"),
        new("UNION_PAY", "union-pay", "WEB"),
    ];
}
