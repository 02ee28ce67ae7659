using Shop.Channels.Alipay;
using Shop.Channels.Books;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.Alipay;

namespace Shop.Tests.Payments.Alipay;

/// <summary>Alipay, simulated.</summary>
public sealed class AlipayFixture : ChannelFixture
{
    /// <summary>As the simulator calls it.</summary>
    public const string Name = AlipayWire.Name;

    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public AlipayWire Wire => (AlipayWire)Simulator.Wire(Name);

    protected override PaymentChannelCode Code => PaymentChannelCode.Alipay;

    /// <summary>The channel with certificates in place of keys.</summary>
    internal IPaymentChannel OpenWithCertificates() =>
        Open([
            ("PublicKeyFiles:0", null),
            .. Wire.CertificateSettings.Select(setting => (setting.Key, (string?)setting.Value)),
        ]);

    /// <summary>The customer comes to Alipay with what the shop has signed.</summary>
    internal async Task<HttpResponseMessage> ComeAsync(ChannelAction action) =>
        await _browser.GetAsync(
            action switch
            {
                ChannelAction.Redirect page => page.Url,
                ChannelAction.Invoke app => new Uri(
                    $"{Simulator.Address}gateway.do?{app.Parameters.Single().Value}"
                ),
                _ => throw new ArgumentException(action.ToString(), nameof(action)),
            }
        );

    /// <summary>An order that was begun, and paid.</summary>
    internal async Task<PaymentOrder> PaidAsync(
        PaymentMethod method = PaymentMethod.QrCode,
        long minor = 12990
    )
    {
        var order = NewOrder(method, minor);
        var ready = Assert.IsType<BeginOutcome.Ready>(await Channel.BeginAsync(order, default));
        if (method != PaymentMethod.QrCode)
        {
            using var come = await ComeAsync(ready.Action);
        }

        Assert.Equal(TradeStatus.Paid, Simulator.Pay(Name, order.OutNo).Status);
        return order;
    }

    internal Trade Trade(PaymentOrder order) => Simulator.Trades.Get(Name, order.OutNo);

    private protected override IPaymentChannel Make(ChannelAccount account) => new AlipayChannel(account);
}
