using Shop.GraphQL.Host.Embedded;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Host.Embedded;

public sealed class ShopProcessTests
{
    private const string CreateCart = """
        mutation { cartCreate(input: {lines: [{variant: {sku: "85123A"}, quantity: 2}]}) { cart { id } } }
        """;
    private const string ReadCart = "query ($id: ID!) { cart(id: $id) { id quantity } }";

    private readonly string _home = RunFolder.Make("home");

    [Fact]
    public async Task A_killed_shop_opens_again_with_its_carts_and_a_closed_one_leaves_nothing_running()
    {
        string? cart;
        using (var killed = await ShopProcess.OpenAsync(_home))
        {
            var created = await killed.AskAsync(CreateCart);
            cart = created.GetProperty("cartCreate").GetProperty("cart").GetProperty("id").GetString();
            await killed.KillAsync();
        }

        using var again = await ShopProcess.OpenAsync(_home);
        var found = await again.AskAsync(ReadCart, new { id = cart });
        Assert.Equal(2, found.GetProperty("cart").GetProperty("quantity").GetInt32());
        Assert.Equal(1, await ShopProcess.RunAsync(_home, "reset"));
        Assert.Equal(0, await ShopProcess.RunAsync(_home, "verify"));

        Assert.Equal(0, await again.InterruptAsync());
        Assert.Null(RunningShop.Find(_home));
        Assert.Empty(Directory.GetFiles(_home, "postmaster.pid", SearchOption.AllDirectories));
        Assert.Equal(0, await ShopProcess.RunAsync(_home, "reset"));
        Assert.False(Directory.Exists(_home));
    }
}
