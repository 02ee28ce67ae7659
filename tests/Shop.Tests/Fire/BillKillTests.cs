using Shop.Data.Payments;
using Shop.Data.Payments.Books;
using Shop.Data.Payments.Channels;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;
using Shop.Tests.Payments.Graph;

namespace Shop.Tests.Fire;

/// <summary>A job host is killed between the reading of a channel's bill and its comparison.</summary>
public sealed class BillKillTests(SandboxShop shop) : IClassFixture<SandboxShop>, IDisposable
{
    private const int Killed = 137;
    private const string Read = "bill read, not compared";

    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(5));

    /// <summary>Where it is killed.</summary>
    public static TheoryData<string> Places { get; } = [Read];

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task A_bill_that_a_dead_host_has_read_is_compared_by_the_next_and_once()
    {
        // A payment of the day before yesterday that the shop has never asked for.
        await using var pay = shop
            .Shop.Get<Data.Storage.Database<PaymentsDb>>()
            .Primary.CreateCommand(
                """
                insert into payments.sandbox_trade (
                    out_no, reference, minor, currency, description, token, paid_minor, paid_at, expires_at)
                values ('S17', 'SBS17', 500, 'GBP', '', '', 500, now() - interval '2 days', now())
                """
            );
        await pay.ExecuteNonQueryAsync(_patience.Token);
        using (var host = TownNode.Jobs(Read, await TestBuild.MadeAsync(), Settings()))
        {
            await host.StartAsync(_patience.Token);
            Assert.Equal(Killed, await host.EndAsync(_patience.Token));
        }

        Assert.Equal(1, await shop.Saga.CountAsync("payments.bill where compared_at is null"));
        Assert.Equal(0, await shop.Saga.CountAsync("payments.difference"));
        shop.Shop.Clock.AdjustTime(TimeProvider.System.GetUtcNow());
        var reconcile = shop.Shop.Get<ReconcileChannels>();
        while (await reconcile.RunAsync(_patience.Token) > 0) { }

        Assert.Equal(0, await shop.Saga.CountAsync("payments.bill where compared_at is null"));
        var day = DateOnly.FromDateTime(shop.Shop.Clock.GetUtcNow().AddDays(-2).Date);
        await shop
            .Shop.Get<ReconcileDay>()
            .RunAsync(PaymentChannelCode.Sandbox, PaymentAccounts.SandboxName, day, new(7), _patience.Token);
        Assert.Equal(
            1,
            await shop.Saga.CountAsync(
                $"payments.difference where kind = {(short)DifferenceKind.Orphan} and subject = 'S17'"
            )
        );
        Assert.Equal(1, await shop.Saga.CountAsync("payments.difference"));
    }

    private Dictionary<string, string> Settings() =>
        new()
        {
            ["SHOP_STOP_AT"] = Read,
            ["ConnectionStrings__Shop"] = shop.Shop.Postgres,
            ["ConnectionStrings__Redis"] = shop.Shop.Redis,
            ["Accounts__KeySecret"] = ShopHost.KeySecret,
            ["Payments__Production"] = "false",
            ["Payments__Sandbox"] = "true",
            ["Jobs__Cluster"] = "false",
        };
}
