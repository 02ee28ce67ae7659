namespace Shop.Data.Payments;

/// <summary>Whose rails the money runs on. Stored as a number; a number is never given a second meaning.</summary>
public enum PaymentChannelCode : short
{
    /// <summary>WeChat Pay, API v3.</summary>
    WechatPay = 1,

    /// <summary>Alipay, open platform.</summary>
    Alipay = 2,

    /// <summary>UnionPay, ACP 5.1.0.</summary>
    UnionPay = 3,

    /// <summary>Stripe, payment intents.</summary>
    Stripe = 4,

    /// <summary>The shop's own, for a development start: a page where a person pays without money.</summary>
    Sandbox = 5,
}

/// <summary>Codes as addresses and spans have them.</summary>
public static class PaymentChannelCodes
{
    /// <summary>As it stands in the address of a notice: <c>wechat-pay</c>.</summary>
    public static string Slug(this PaymentChannelCode code) =>
        code switch
        {
            PaymentChannelCode.WechatPay => "wechat-pay",
            PaymentChannelCode.Alipay => "alipay",
            PaymentChannelCode.UnionPay => "union-pay",
            PaymentChannelCode.Stripe => "stripe",
            PaymentChannelCode.Sandbox => "sandbox",
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "No such channel."),
        };
}
