using Shop.Data.Inventory;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Messages;

/// <summary>Whatever is wrong with a message: those that are handed over with it have their effect.</summary>
public sealed class GuiltyMessageTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly Saga _saga = new(shop);

    [Theory]
    [InlineData("inventory.deduct", "[]")]
    [InlineData("inventory.deduct", """{"orderId": 1}""")]
    [InlineData("inventory.deduct", """{"orderId": 1, "lines": [null]}""")]
    [InlineData("inventory.deduct", """{"orderId": 1, "lines": [{"variantId": POT, "units": 0}]}""")]
    [InlineData(
        "inventory.deduct",
        """{"orderId": 1, "lines": [{"variantId": POT, "units": 2147483647}, {"variantId": POT, "units": 1}]}"""
    )]
    [InlineData("inventory.restock", "{\"orderId\": \"one\"}")]
    [InlineData("inventory.unheard_of", "{}")]
    public async Task A_message_that_cannot_be_taken_holds_back_no_deduction(string topic, string payload)
    {
        var pot = await _saga.StockedAsync(units: 10);
        var before = await _saga.PlacedAsync(Saga.Request((pot, 1)));
        await WriteAsync<OrdersDb>(
            "orders",
            topic,
            "inventory",
            payload.Replace("POT", $"{pot.Value}", StringComparison.Ordinal)
        );
        var after = await _saga.PlacedAsync(Saga.Request((pot, 2)));

        await _saga.SettleAsync();

        Assert.Equal(OrderStatus.AwaitingPayment, (await _saga.OrderAsync(before)).Status);
        Assert.Equal(OrderStatus.AwaitingPayment, (await _saga.OrderAsync(after)).Status);
        Assert.Equal(7, await _saga.AvailableAsync(pot));
    }

    [Theory]
    [InlineData("inventory.stock_deducted", "[]")]
    [InlineData("inventory.stock_rejected", """{"orderId": "one"}""")]
    [InlineData("inventory.stock_rejected", "null")]
    public async Task A_message_that_cannot_be_taken_holds_back_no_outcome(string topic, string payload)
    {
        var pot = await _saga.StockedAsync(units: 1);
        var met = await _saga.PlacedAsync(Saga.Request((pot, 1)));
        var short_ = await _saga.PlacedAsync(Saga.Request((pot, 1)));
        await WriteAsync<InventoryDb>("inventory", topic, "orders", payload);

        await _saga.SettleAsync();

        Assert.Equal(OrderStatus.AwaitingPayment, (await _saga.OrderAsync(met)).Status);
        Assert.Equal(OrderStatus.Rejected, (await _saga.OrderAsync(short_)).Status);
    }

    private async Task WriteAsync<TDb>(string sender, string topic, string receiver, string payload)
        where TDb : ContextDb
    {
        await using var command = shop.Get<Database<TDb>>()
            .Primary.CreateCommand(
                $"""
                insert into {sender}.local_message
                    (topic, receiver, key, payload, next_attempt_at, created_at, updated_at)
                select '{topic}', '{receiver}', 1, '{payload}', now, now, now
                from (select '{shop.Clock.GetUtcNow():o}'::timestamptz) as at(now)
                """
            );
        await command.ExecuteNonQueryAsync();
    }
}
