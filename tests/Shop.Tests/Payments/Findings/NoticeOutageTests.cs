using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Findings;
using Shop.Tests.Fixtures;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Findings;

/// <summary>A notice is never answered as taken that was not kept.</summary>
public sealed class NoticeOutageTests(PaymentShop shop) : IClassFixture<PaymentShop>
{
    [Fact]
    public async Task While_the_database_is_away_a_notice_is_to_come_again()
    {
        using var host = ShopHost.Build(
            "Host=127.0.0.1;Port=1;Username=none;Database=none;Timeout=1",
            shop.Shop.Redis,
            shop.Shop.Clock,
            services =>
            {
                services.RemoveAll<ChannelFactory>();
                services.AddSingleton(new ChannelFactory(PaymentChannelCode.Stripe, (_, _) => shop.Channel));
            },
            [("Payments:Production", "false"), ("Payments:Accounts:main:Channel", "Stripe")]
        );
        shop.Channel.Notices["away"] = new NoticeReading.OfPayment("away", "S1", new Finding.Waiting());

        var answer = await host
            .Services.GetRequiredService<TakeNotice>()
            .RunAsync("stripe", "main", _ => null, "away"u8.ToArray(), CancellationToken.None);

        Assert.Equal(503, answer.Status);
    }
}
