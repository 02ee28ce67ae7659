using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Channels.UnionPay;

namespace Shop.Tests.Payments.UnionPay;

/// <summary>Payments over UnionPay's wire: begun in each way, and asked about.</summary>
public sealed class UnionPayChannelTests(SimulatedChannels channels) : IClassFixture<SimulatedChannels>
{
    private const string UnionPay = "union-pay";

    private readonly UnionPayChannel _channel = new(channels.Account(PaymentChannelCode.UnionPay));

    [Theory]
    [InlineData(PaymentMethod.Web)]
    [InlineData(PaymentMethod.WebMobile)]
    [InlineData(PaymentMethod.QrCode)]
    [InlineData(PaymentMethod.App)]
    public async Task A_payment_is_begun_and_paid(PaymentMethod method)
    {
        var order = channels.Order(method, 12990, "CNY");

        var payment = await BeginAsync(order);
        Assert.IsType<Finding.Waiting>(await _channel.QueryAsync(payment, default));
        channels.Simulator.Pay(UnionPay, order.OutNo);

        Assert.Equal(
            new Finding.Paid(
                new(
                    order.OutNo,
                    Trade(order).Reference,
                    12990,
                    "CNY",
                    "700000000000001",
                    PaidAt: channels.Clock.GetUtcNow(),
                    Token: order.Token
                )
            ),
            await _channel.QueryAsync(payment, default)
        );
    }

    [Fact]
    public async Task A_form_that_was_not_brought_yet_is_not_found()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "CNY");
        await _channel.BeginAsync(order, default);

        Assert.IsType<Finding.NotFound>(await _channel.QueryAsync(SimulatedChannels.Ref(order), default));
    }

    [Fact]
    public async Task The_form_may_be_brought_again_and_opens_one_payment()
    {
        var order = channels.Order(PaymentMethod.Web, 12990, "CNY");

        await BeginAsync(order);
        await BeginAsync(order);

        Assert.Equal(12990, Trade(order).Minor);
    }

    [Fact]
    public async Task Another_time_is_another_name()
    {
        var order = channels.Order(PaymentMethod.QrCode, 12990, "CNY");
        var payment = await BeginAsync(order);

        Assert.IsType<Finding.NotFound>(
            await _channel.QueryAsync(payment with { BegunAt = order.BegunAt.AddSeconds(1) }, default)
        );
    }

    [Theory]
    [InlineData(CallFaultKind.CutBefore)]
    [InlineData(CallFaultKind.CutAfter)]
    [InlineData(CallFaultKind.HoldAfter)]
    [InlineData(CallFaultKind.ErrorAfter)]
    [InlineData(CallFaultKind.NotSigned)]
    [InlineData(CallFaultKind.WronglySigned)]
    [InlineData(CallFaultKind.Tampered)]
    public async Task A_begin_without_an_answer_that_can_be_trusted_is_unknown(CallFaultKind kind)
    {
        var order = channels.Order(PaymentMethod.QrCode, 12990, "CNY");
        channels.Simulator.Misbehaviour.Plan(new CallScript(UnionPay, kind, "begin", order.OutNo));

        await Unknown.Async(cancel => _channel.BeginAsync(order, cancel));
    }

    [Theory]
    [InlineData(CallFaultKind.ErrorAfter)]
    [InlineData(CallFaultKind.NotSigned)]
    [InlineData(CallFaultKind.WronglySigned)]
    [InlineData(CallFaultKind.Tampered)]
    public async Task An_answer_that_cannot_be_trusted_does_not_make_it_paid(CallFaultKind kind)
    {
        var payment = await BeginAsync(channels.Order(PaymentMethod.QrCode, 12990, "CNY"));
        channels.Simulator.Pay(UnionPay, payment.OutNo);
        channels.Simulator.Misbehaviour.Plan(new CallScript(UnionPay, kind, "query", payment.OutNo));

        await Unknown.Async(cancel => _channel.QueryAsync(payment, cancel));

        Assert.IsType<Finding.Paid>(await _channel.QueryAsync(payment, default));
    }

    [Fact]
    public async Task A_code_or_a_number_of_an_app_is_given_out_once()
    {
        var order = channels.Order(PaymentMethod.QrCode, 12990, "CNY");
        await BeginAsync(order);

        Assert.False(_channel.Traits.IsRepeatable(PaymentMethod.QrCode));
        await Unknown.Async(cancel => _channel.BeginAsync(order, cancel));
    }

    [Theory]
    [InlineData("31", true)]
    [InlineData("03", false)]
    [InlineData("60", false)]
    public async Task A_refusal_is_told_from_what_is_under_way(string code, bool isRefused)
    {
        var order = channels.Order(PaymentMethod.App, 12990, "CNY");
        channels.Simulator.Misbehaviour.Plan(
            new CallScript(UnionPay, CallFaultKind.Refuse, "begin", order.OutNo, code)
        );

        var outcome = await _channel.BeginAsync(order, default);

        Assert.Equal(isRefused, outcome is BeginOutcome.Refused);
        Assert.Equal(!isRefused, outcome is BeginOutcome.Unknown);
    }

    [Theory]
    [InlineData("03")]
    [InlineData("34")]
    [InlineData("10")]
    public async Task A_question_that_is_answered_otherwise_makes_nothing_paid(string code)
    {
        var payment = await BeginAsync(channels.Order(PaymentMethod.QrCode, 12990, "CNY"));
        channels.Simulator.Pay(UnionPay, payment.OutNo);
        channels.Simulator.Misbehaviour.Plan(
            new CallScript(UnionPay, CallFaultKind.Refuse, "query", payment.OutNo, code)
        );

        var finding = await _channel.QueryAsync(payment, default);

        Assert.Equal(code == "34", finding is Finding.NotFound);
        Assert.Equal(code != "34", finding is Finding.Unknown);
    }

    [Fact]
    public async Task A_card_that_fails_may_be_followed_by_another_until_the_time_is_over()
    {
        var order = channels.Order(PaymentMethod.QrCode, 12990, "CNY");
        var payment = await BeginAsync(order);
        channels.Simulator.Decline(UnionPay, order.OutNo);
        Assert.IsType<Finding.Waiting>(await _channel.QueryAsync(payment, default));

        channels.Clock.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal(new Finding.Refused("30"), await _channel.QueryAsync(payment, default));
        Assert.Throws<InvalidOperationException>(() => channels.Simulator.Pay(UnionPay, order.OutNo));
    }

    [Fact]
    public async Task A_signed_answer_to_another_question_is_no_answer()
    {
        var paid = await BeginAsync(channels.Order(PaymentMethod.QrCode, 12990, "CNY"));
        channels.Simulator.Pay(UnionPay, paid.OutNo);
        var open = await BeginAsync(channels.Order(PaymentMethod.QrCode, 12990, "CNY"));
        await using var replay = await StartReplayAsync();
        var channel = new UnionPayChannel(
            channels.Account(PaymentChannelCode.UnionPay, ("Address", $"{replay.Urls.Single()}/"))
        );

        Assert.IsType<Finding.Paid>(await channel.QueryAsync(paid, default));
        await Assert.ThrowsAsync<NoAnswerException>(() => channel.QueryAsync(open, default));
    }

    // Gives what UnionPay has answered the first question to whoever asks another.
    private async Task<WebApplication> StartReplayAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        byte[]? first = null;
        app.MapPost(
            "/gateway/api/queryTrans.do",
            async request =>
            {
                if (first is null)
                {
                    using var http = new HttpClient();
                    using var form = new StreamContent(request.Request.Body);
                    form.Headers.ContentType = new("application/x-www-form-urlencoded");
                    var address = new Uri(channels.Simulator.Address, "union-pay/gateway/api/queryTrans.do");
                    using var answer = await http.PostAsync(address, form);
                    first = await answer.Content.ReadAsByteArrayAsync();
                }

                await request.Response.Body.WriteAsync(first);
            }
        );
        await app.StartAsync();
        return app;
    }

    private async Task<PaymentRef> BeginAsync(PaymentOrder order)
    {
        var ready = Assert.IsType<BeginOutcome.Ready>(await _channel.BeginAsync(order, default));
        switch (ready.Action)
        {
            case ChannelAction.Redirect(var url, true, var fields):
                using (var http = new HttpClient())
                using (
                    var form = new FormUrlEncodedContent(
                        fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
                    )
                )
                using (var page = await http.PostAsync(url, form))
                {
                    Assert.True(page.IsSuccessStatusCode, await page.Content.ReadAsStringAsync());
                }

                break;
            case ChannelAction.QrCode(var content):
                Assert.StartsWith("https://qr.95516.com/", content, StringComparison.Ordinal);
                break;
            default:
                Assert.Equal(
                    "tn",
                    Assert.Single(Assert.IsType<ChannelAction.Invoke>(ready.Action).Parameters).Name
                );
                break;
        }

        return SimulatedChannels.Ref(order, ready.Reference);
    }

    private Trade Trade(PaymentOrder order) => channels.Simulator.Trades.Get(UnionPay, order.OutNo);
}
