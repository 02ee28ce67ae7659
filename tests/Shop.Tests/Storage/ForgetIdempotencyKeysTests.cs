using Shop.Data.Inventory;
using Shop.Data.Storage.Idempotency;
using Shop.Tests.Fixtures;
using Shop.Tests.Inventory;

namespace Shop.Tests.Storage;

/// <summary>What was done is known by its key for a week.</summary>
public sealed class ForgetIdempotencyKeysTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task A_key_is_remembered_for_as_long_as_the_shop_is_set_and_then_new_again()
    {
        var (_, sku) = await shop.StockedAsync(units: 5);
        var key = Guid.CreateVersion7();
        await shop.AdjustAsync(sku, 1, key: key);
        var forget = shop.Get<ForgetIdempotencyKeys<InventoryDb>>();

        shop.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(0, await forget.RunAsync(CancellationToken.None));
        Assert.True((await shop.AdjustAsync(sku, 1, key: key)).IsReplayed);

        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await forget.RunAsync(CancellationToken.None));
        var again = await shop.AdjustAsync(sku, 1, key: key);
        Assert.False(again.IsReplayed);
        Assert.Equal(7, again.Available());
    }
}
