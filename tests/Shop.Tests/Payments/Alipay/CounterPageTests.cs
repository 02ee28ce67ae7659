using System.Net;
using Shop.Channels.Books;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;

namespace Shop.Tests.Payments.Alipay;

/// <summary>The page on which a person pays at a simulated channel.</summary>
public sealed class CounterPageTests(AlipayFixture alipay) : IClassFixture<AlipayFixture>
{
    [Fact]
    public async Task A_person_who_was_sent_there_pays_and_is_sent_back()
    {
        var order = alipay.NewOrder(PaymentMethod.Web);
        var begun = Assert.IsType<BeginOutcome.Ready>(await alipay.Channel.BeginAsync(order, default));
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = alipay.Simulator.Address,
        };
        using var come = await alipay.ComeAsync(begun.Action);

        var page = await browser.GetStringAsync(come.Headers.Location);
        var action = WebUtility.HtmlDecode(page.Split("action=\"")[1].Split('"')[0]);
        using var paid = await browser.PostAsync(new Uri(action, UriKind.Relative), null);

        Assert.Contains(order.OutNo, page, StringComparison.Ordinal);
        Assert.Equal(order.ReturnUrl, paid.Headers.Location);
        Assert.Equal(TradeStatus.Paid, alipay.Trade(order).Status);
    }
}
