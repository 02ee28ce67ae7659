using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Inventory;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Storage;

public sealed class ReadsTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string AheadOfAnyReplica = "FFFFFFFF/0";

    private readonly WritePositions _positions = shop.Get<WritePositions>();

    [Fact]
    public async Task Readers_read_a_replica()
    {
        await shop.ReplicaCaughtUpAsync();

        Assert.True(await ReadsReplicaAsync("a stranger"));
    }

    [Fact]
    public async Task Whoever_has_just_written_reads_the_primary_until_a_replica_has_caught_up()
    {
        await shop.ReplicaCaughtUpAsync();
        await _positions.MarkAsync(["a writer"], AheadOfAnyReplica);
        await _positions.MarkAsync(["an earlier writer"], "0/1");

        Assert.False(await ReadsReplicaAsync("a writer"));
        Assert.True(await ReadsReplicaAsync("an earlier writer"));
        Assert.True(await ReadsReplicaAsync("a stranger"));
        Assert.False(await ReadsReplicaAsync("a stranger", "a writer"));
    }

    [Fact]
    public async Task A_request_that_writes_reads_the_primary()
    {
        await using var request = shop.Scope();
        request.ServiceProvider.GetRequiredService<ReadTarget>().UsePrimary();

        Assert.False(await ReadsReplicaAsync(request.ServiceProvider, ["a stranger"]));
    }

    [Fact]
    public async Task An_order_is_there_for_its_shopper_however_far_the_replica_lags()
    {
        var saga = new Saga(shop);
        var request = Saga.Request((await saga.StockedAsync(units: 1), 1));

        var order = await saga.PlacedAsync(request);
        var subject = Shop.Data.Orders.Keys.AccessKey.Of(request.CartSecret, order).Subject;

        await using var scope = shop.Scope();
        var reads = scope.ServiceProvider.GetRequiredService<Reads<Shop.Data.Orders.OrdersDb>>();
        await using var db = await reads.OpenAsync([subject], CancellationToken.None);
        Assert.True(await db.Orders.AnyAsync(row => row.Id == order));
    }

    private async Task<bool> ReadsReplicaAsync(params string[] subjects)
    {
        await using var request = shop.Scope();
        return await ReadsReplicaAsync(request.ServiceProvider, subjects);
    }

    private static async Task<bool> ReadsReplicaAsync(IServiceProvider request, string[] subjects)
    {
        var reads = request.GetRequiredService<Reads<InventoryDb>>();
        await using var db = await reads.OpenAsync(subjects, CancellationToken.None);
        return await db.Database.SqlQuery<bool>($"""select pg_is_in_recovery() as "Value" """).SingleAsync();
    }
}
