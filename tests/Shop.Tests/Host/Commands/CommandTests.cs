using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.GraphQL.Host.Commands;
using Shop.GraphQL.Host.Embedded;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Host.Commands;

/// <summary>What an operator types, and reads.</summary>
public sealed class CommandTests(ShopFixture shop) : IClassFixture<ShopFixture>, IDisposable
{
    private readonly StringWriter _said = new();

    private Steps Steps => new(_said, isTerminal: false, TimeProvider.System);

    [Fact]
    public async Task An_import_loads_what_it_can_and_names_the_lines_that_it_cannot()
    {
        var path = Path.Combine(RunFolder.Make("import"), "catalogue.csv");
        await File.WriteAllTextAsync(
            path,
            """
            sku,product_code,title,list_price_gbp,units_sold,first_sold_on
            KETTLE,KETTLE,COPPER KETTLE,12.50,20,2011-01-01
            PAN,PAN,IRON PAN,a lot,20,2011-01-01
            """
        );

        Assert.Equal(1, await ImportAsync(path));
        Assert.Contains("1 new, 0 changed, 0 unchanged products", _said.ToString(), StringComparison.Ordinal);
        Assert.Contains("line 3:", _said.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await ImportAsync(path + ".gone"));
    }

    [Fact]
    public async Task Dead_messages_are_listed_and_tried_again()
    {
        await using var kill = shop.Get<Database<OrdersDb>>()
            .Primary.CreateCommand(
                """
                insert into orders.local_message
                    (topic, receiver, key, payload, status, last_error, next_attempt_at, created_at, updated_at)
                values ('inventory.deduct', 'inventory', 1, '{}', -1, 'out of tea', now(), now(), now())
                """
            );
        await kill.ExecuteNonQueryAsync();

        Assert.Equal(0, await MessagesAsync());
        Assert.Contains("out of tea", _said.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await MessagesAsync("replay", "to", "orders"));
        Assert.DoesNotContain("orders: 1 message tried", _said.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await MessagesAsync("replay", "to", "inventory"));
        Assert.Contains("orders: 1 message tried again.", _said.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await MessagesAsync("delete"));
        Assert.Equal(2, await MessagesAsync("replay", "all"));
        Assert.Equal(2, await MessagesAsync("to"));
    }

    public void Dispose() => _said.Dispose();

    private Task<int> ImportAsync(string path) =>
        ImportCommand.RunAsync(path, shop.Services, Steps, CancellationToken.None);

    private Task<int> MessagesAsync(params string[] words) =>
        MessagesCommand.RunAsync(words, shop.Services, Steps, CancellationToken.None);
}
