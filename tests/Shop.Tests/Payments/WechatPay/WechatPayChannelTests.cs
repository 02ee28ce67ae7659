using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;

namespace Shop.Tests.Payments.WechatPay;

public sealed class WechatPayChannelTests(WechatPayFixture wechat) : IClassFixture<WechatPayFixture>
{
    private IPaymentChannel Channel => wechat.Channel;

    [Fact]
    public async Task A_code_is_shown_for_a_phone()
    {
        var ready = await BeginAsync(wechat.NewOrder(PaymentMethod.QrCode));

        Assert.StartsWith(
            "weixin://wxpay/",
            Assert.IsType<ChannelAction.QrCode>(ready.Action).Content,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_browser_of_a_phone_is_sent_to_a_page_that_knows_the_way_back()
    {
        var ready = await BeginAsync(wechat.NewOrder(PaymentMethod.WebMobile));

        var page = Assert.IsType<ChannelAction.Redirect>(ready.Action);
        Assert.False(page.IsPost);
        Assert.EndsWith(
            "&redirect_url=https%3A%2F%2Fshop.example%2Forders%2FS-1001",
            page.Url.AbsoluteUri,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_page_inside_WeChat_gets_signed_parameters()
    {
        var ready = await BeginAsync(wechat.NewOrder(PaymentMethod.WechatBrowser));

        var told = Told(ready);
        Assert.Equal(["appId", "timeStamp", "nonceStr", "package", "signType", "paySign"], told.Keys);
        Assert.StartsWith("prepay_id=wx", told["package"], StringComparison.Ordinal);
        Assert.True(
            wechat.IsMerchants(
                $"wx0000000000000001\n{told["timeStamp"]}\n{told["nonceStr"]}\n{told["package"]}\n",
                told["paySign"]
            )
        );
    }

    [Fact]
    public async Task An_app_gets_signed_parameters_under_its_own_number()
    {
        var ready = await BeginAsync(wechat.NewOrder(PaymentMethod.App));

        var told = Told(ready);
        Assert.Equal("1900000001", told["partnerid"]);
        Assert.Equal("Sign=WXPay", told["package"]);
        Assert.True(
            wechat.IsMerchants(
                $"wx0000000000000002\n{told["timestamp"]}\n{told["noncestr"]}\n{told["prepayid"]}\n",
                told["sign"]
            )
        );
    }

    [Fact]
    public async Task The_same_order_again_gives_a_fresh_action_of_one_trade()
    {
        var order = wechat.NewOrder(PaymentMethod.WechatBrowser);

        var first = Told(await BeginAsync(order));
        var second = Told(await BeginAsync(order));

        Assert.NotEqual(first["package"], second["package"]);
        Assert.Single(wechat.Simulator.Trades.All, trade => trade.OutNo == order.OutNo);
    }

    [Fact]
    public async Task Another_order_under_the_same_number_is_refused()
    {
        var order = wechat.NewOrder(PaymentMethod.QrCode);
        await BeginAsync(order);

        var other = await Channel.BeginAsync(order with { Amount = new(12991, "CNY") }, default);

        Assert.Equal(new BeginOutcome.Refused("OUT_TRADE_NO_USED"), other);
    }

    [Fact]
    public async Task A_begin_of_what_is_paid_is_asked_about_and_not_given_up()
    {
        var order = await PaidAsync();

        Assert.Equal(new BeginOutcome.Unknown("ORDERPAID"), await Channel.BeginAsync(order, default));
    }

    [Fact]
    public async Task A_begin_that_lacks_what_WeChat_needs_is_refused_without_a_call()
    {
        var inside = wechat.NewOrder(PaymentMethod.WechatBrowser) with { OpenId = null };
        var phone = wechat.NewOrder(PaymentMethod.WebMobile) with { PayerAddress = null };

        Assert.Equal(new BeginOutcome.Refused("OPENID_MISSING"), await Channel.BeginAsync(inside, default));
        Assert.Equal(
            new BeginOutcome.Refused("PAYER_ADDRESS_MISSING"),
            await Channel.BeginAsync(phone, default)
        );
        Assert.Null(wechat.Simulator.Trades.Find(WechatPayFixture.Name, inside.OutNo));
    }

    [Fact]
    public async Task A_long_description_is_cut()
    {
        var order = wechat.NewOrder(PaymentMethod.QrCode) with { Description = new('长', 200) };

        await BeginAsync(order);

        Assert.Equal(
            127,
            wechat.Simulator.Trades.Get(WechatPayFixture.Name, order.OutNo).Notes["description"].Length
        );
    }

    [Fact]
    public async Task What_is_not_paid_yet_waits()
    {
        var order = wechat.NewOrder(PaymentMethod.QrCode);
        await BeginAsync(order);

        Assert.IsType<Finding.Waiting>(await QueryAsync(order));
        wechat.Simulator.Decline(WechatPayFixture.Name, order.OutNo);
        Assert.IsType<Finding.Waiting>(await QueryAsync(order));
    }

    [Fact]
    public async Task What_was_never_opened_is_not_found() =>
        Assert.IsType<Finding.NotFound>(await QueryAsync(wechat.NewOrder(PaymentMethod.QrCode)));

    [Fact]
    public async Task What_is_paid_is_told_gross_with_all_that_is_compared()
    {
        var order = await PaidAsync();
        var trade = wechat.Simulator.Trades.Get(WechatPayFixture.Name, order.OutNo);

        Assert.Equal(
            new Finding.Paid(
                new(
                    order.OutNo,
                    trade.Reference,
                    12990,
                    "CNY",
                    "1900000001",
                    "wx0000000000000001",
                    trade.PaidAt,
                    order.Token
                )
            ),
            await QueryAsync(order)
        );
        Assert.Equal("1900000001", Channel.Traits.Merchant);
        Assert.Contains("wx0000000000000001", Channel.Traits.Apps);
    }

    [Fact]
    public async Task What_was_paid_stays_paid_when_money_went_back()
    {
        var order = await PaidAsync();
        await Channel.RefundAsync(wechat.NewRefund(order, 12990), default);

        Assert.IsType<Finding.Paid>(await QueryAsync(order));
    }

    [Fact]
    public async Task A_payment_is_closed()
    {
        var order = wechat.NewOrder(PaymentMethod.QrCode);
        await BeginAsync(order);

        Assert.IsType<Finding.Closed>(await CloseAsync(order));
        Assert.IsType<Finding.Closed>(await QueryAsync(order));
        Assert.Equal(new BeginOutcome.Refused("ORDER_CLOSED"), await Channel.BeginAsync(order, default));
        Assert.Throws<InvalidOperationException>(() =>
            wechat.Simulator.Pay(WechatPayFixture.Name, order.OutNo)
        );
    }

    [Fact]
    public async Task A_close_that_comes_too_late_tells_of_the_money() =>
        Assert.IsType<Finding.Paid>(await CloseAsync(await PaidAsync()));

    [Fact]
    public async Task What_was_never_opened_is_closed_too() =>
        Assert.IsType<Finding.Closed>(await CloseAsync(wechat.NewOrder(PaymentMethod.QrCode)));

    [Theory]
    [InlineData(CallFaultKind.HoldBefore)]
    [InlineData(CallFaultKind.HoldAfter)]
    [InlineData(CallFaultKind.CutBefore)]
    [InlineData(CallFaultKind.CutAfter)]
    [InlineData(CallFaultKind.ErrorBefore)]
    [InlineData(CallFaultKind.ErrorAfter)]
    [InlineData(CallFaultKind.NotSigned)]
    [InlineData(CallFaultKind.WronglySigned)]
    [InlineData(CallFaultKind.Tampered)]
    public async Task What_is_no_answer_is_unknown(CallFaultKind fault)
    {
        var order = wechat.NewOrder(PaymentMethod.QrCode);

        Plan(fault, "begin");
        await Unknown.Async(stop => Channel.BeginAsync(order, stop));
        await BeginAsync(order);
        Plan(fault, "query");
        await Unknown.Async(stop => Channel.QueryAsync(ChannelFixture.Ref(order), stop));
        wechat.Simulator.Pay(WechatPayFixture.Name, order.OutNo);
        var refund = wechat.NewRefund(order, 100);
        Plan(fault, "refund");
        await Unknown.Async(stop => Channel.RefundAsync(refund, stop));
        await Channel.RefundAsync(refund, default);
        Plan(fault, "refund-query");
        await Unknown.Async(stop => Channel.QueryRefundAsync(refund, stop));

        var other = wechat.NewOrder(PaymentMethod.QrCode);
        await BeginAsync(other);
        Plan(fault, "close");
        await Unknown.Async(stop => Channel.CloseAsync(ChannelFixture.Ref(other), stop));

        var trade = wechat.Simulator.Trades.Get(WechatPayFixture.Name, order.OutNo);
        Assert.Equal(100, trade.BackMinor);
        Assert.Single(trade.Refunds);
    }

    [Theory]
    [InlineData("SIGN_ERROR", false)]
    [InlineData("NO_AUTH", false)]
    [InlineData("FREQUENCY_LIMITED", true)]
    public async Task A_begin_is_refused_for_good_or_for_now(string code, bool isForNow)
    {
        var order = wechat.NewOrder(PaymentMethod.QrCode);
        Plan(CallFaultKind.Refuse, "begin", code);

        Assert.Equal(
            isForNow ? new BeginOutcome.Unknown(code) : new BeginOutcome.Refused(code),
            await Channel.BeginAsync(order, default)
        );
    }

    [Theory]
    [InlineData("SIGN_ERROR")]
    [InlineData("FREQUENCY_LIMITED")]
    [InlineData("PARAM_ERROR")]
    public async Task A_question_that_is_refused_says_nothing_of_the_payment(string code)
    {
        var order = wechat.NewOrder(PaymentMethod.QrCode);
        await BeginAsync(order);

        Plan(CallFaultKind.Refuse, "query", code);
        Assert.Equal(new Finding.Unknown(code), await QueryAsync(order));
        Plan(CallFaultKind.Refuse, "close", code);
        Assert.Equal(new Finding.Unknown(code), await CloseAsync(order));
    }

    private static Dictionary<string, string> Told(BeginOutcome.Ready ready) =>
        Assert
            .IsType<ChannelAction.Invoke>(ready.Action)
            .Parameters.ToDictionary(field => field.Name, field => field.Value);

    private void Plan(CallFaultKind fault, string verb, string? code = null) =>
        wechat.Simulator.Misbehaviour.Plan(new CallScript(WechatPayFixture.Name, fault, verb, Code: code));

    private async Task<BeginOutcome.Ready> BeginAsync(PaymentOrder order) =>
        Assert.IsType<BeginOutcome.Ready>(await Channel.BeginAsync(order, default));

    private Task<Finding> QueryAsync(PaymentOrder order) =>
        Channel.QueryAsync(ChannelFixture.Ref(order), default);

    private Task<Finding> CloseAsync(PaymentOrder order) =>
        Channel.CloseAsync(ChannelFixture.Ref(order), default);

    private async Task<PaymentOrder> PaidAsync()
    {
        var order = wechat.NewOrder(PaymentMethod.QrCode);
        await BeginAsync(order);
        Assert.Equal(TradeStatus.Paid, wechat.Simulator.Pay(WechatPayFixture.Name, order.OutNo).Status);
        return order;
    }
}
