using System.Security.Cryptography;
using Shop.Channels.WechatPay;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.WechatPay;

namespace Shop.Tests.Payments.WechatPay;

/// <summary>WeChat Pay, simulated.</summary>
public sealed class WechatPayFixture : ChannelFixture
{
    /// <summary>As the simulator calls it.</summary>
    public const string Name = WechatPayWire.Name;

    public WechatPayWire Wire => (WechatPayWire)Simulator.Wire(Name);

    protected override PaymentChannelCode Code => PaymentChannelCode.WechatPay;

    /// <summary>Whether the merchant's key has signed lines, as a client's app looks for.</summary>
    internal bool IsMerchants(string lines, string signature)
    {
        using var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(Simulator.Settings[$"Payments:Accounts:{Name}:KeyFile"]));
        return RsaKeys.Verify(key, System.Text.Encoding.UTF8.GetBytes(lines), signature);
    }

    private protected override IPaymentChannel Make(ChannelAccount account) => new WechatPayChannel(account);
}
