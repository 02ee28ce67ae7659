using Shop.GraphQL.Host.Embedded;
using Shop.Load.Client;
using Shop.Load.Fire;
using Shop.Load.Measure;
using Shop.Load.Pay;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Fire;

/// <summary>Customers pay at channels that misbehave while hosts are killed: no money is lost, none is taken twice.</summary>
public sealed class PaidOrdersTests
{
    private const int Orders = 40;
    private const int AtOnce = 6;

    // Two to three on a machine of two processors, of which other tests take one.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(7);

    [Fact]
    public async Task Every_order_whose_money_was_taken_is_paid_or_paid_back()
    {
        using var patience = new CancellationTokenSource(_patience);
        var cancel = patience.Token;
        var settings = new Dictionary<string, string>
        {
            ["Messages__Lease"] = "00:00:01",
            ["Payments__CallLimit"] = "00:00:02",
        };
        await using var town = await PayTown.OpenAsync(
            new(RunFolder.Make("paid"), PostgresSettings.Disposable, settings),
            seed: 1,
            cancel
        );
        var clients = town.Town.Webs.Select(web => new ShopClient(web.Address!, AtOnce)).ToList();
        using var customers = new PayingCustomers(
            new(clients, TimeProvider.System),
            town.Channels,
            town.Shelf,
            TimeProvider.System
        );

        var buying = ClosedLoop.EachAsync(
            Orders,
            AtOnce,
            "orders",
            n => customers.BuyAsync(n, cancel),
            cancel
        );
        await KillAsync(town.Town.JobHosts[0], customers, 10, cancel);
        await KillAsync(town.Town.Webs[0], customers, 20, cancel);
        await buying;

        var reckoning = await PayReckoning.OfAsync(town, customers, TimeSpan.FromSeconds(90), cancel);
        clients.ForEach(client => client.Dispose());
        Assert.True(reckoning.IsClean, reckoning.ToString());
        Assert.NotEqual(0, town.Channels.Misbehaviour.NoticesDropped);
    }

    private static async Task KillAsync(
        TownNode node,
        PayingCustomers customers,
        int afterPaid,
        CancellationToken cancel
    )
    {
        await customers.PaidAsync(afterPaid, cancel);
        await node.KillAsync();
        await node.StartAsync(cancel);
    }
}
