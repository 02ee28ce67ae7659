using Npgsql;
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

    [Fact]
    public async Task A_home_that_another_build_has_made_says_what_it_needs_and_is_left_as_it_is()
    {
        using (var other = await ShopProcess.OpenAsync(_home))
        {
            await ExecuteAsync("insert into orders.__ef_migrations values ('20261123062742_Init', '10')");
            // What would be migrated first, and fail otherwise.
            await ExecuteAsync("delete from catalog.__ef_migrations");
            await other.InterruptAsync();
        }

        var (code, error) = await ShopProcess.TryAsync(_home, "run");

        Assert.Equal(1, code);
        Assert.Equal(
            "The tables of orders were made by another build, with 20261123062742_Init, which this one does not know: "
                + "this home needs ./shop reset, which forgets all that is in it.",
            error.Trim()
        );
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var database = new NpgsqlDataSourceBuilder(RunningShop.Find(_home)!.Postgres)
            .BuildMultiHost()
            .WithTargetSession(TargetSessionAttributes.Primary);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
