using System.Net;
using System.Security.Claims;
using System.Text.Json;
using GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Documents;
using Shop.GraphQL.Engine.Limits;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;
using Shop.Tests.Operations;

namespace Shop.Tests.Admission;

/// <summary>Who is one subject, in a shop that has rules; and what its operators see.</summary>
public sealed class ShopRulesTests : IAsyncLifetime
{
    // Any operation takes all the points there are, and owes some.
    private const string Rules = """
        { "version": "7", "subjects": [{ "id": "each", "points": 10, "perSecond": 0.001, "cartsPerAddress": 5 }],
          "system": { "min": 20, "max": 20 }, "breakers": [{ "id": "cache", "least": 3 }] }
        """;

    private static readonly IPAddress _office = IPAddress.Parse("192.0.2.1");

    private readonly string _path = Path.Combine(RunFolder.Make("rules"), "rules.json");
    private ShopFixture _shop = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_path, Rules);
        _shop = new(_ => { }, ("Admission:Rules", _path));
        await _shop.InitializeAsync();
    }

    [Fact]
    public async Task A_subject_is_the_customer_else_the_cart_else_the_address()
    {
        var (ada, bob) = (Askers.Customer(new CustomerId(11)), Askers.Customer(new CustomerId(12)));

        Assert.True(await IsLetInAsync(ada, _office));
        Assert.False(await IsLetInAsync(ada, _office));
        Assert.False(await IsLetInAsync(ada, IPAddress.Parse("192.0.2.9")));
        Assert.True(await IsLetInAsync(bob, _office));
        Assert.True(await IsLetInAsync(Askers.Guest, _office));
        Assert.False(await IsLetInAsync(Askers.Guest, _office));
        Assert.True(await IsLetInAsync(Askers.Guest, IPAddress.Parse("2001:db8::1")));
        Assert.False(await IsLetInAsync(Askers.Guest, IPAddress.Parse("2001:db8::2")));
        // Shoppers of one office have a cart each.
        var cart = CartId.Make();
        Assert.True(await IsLetInAsync(Askers.Guest, _office, cart));
        Assert.False(await IsLetInAsync(Askers.Guest, _office, cart));

        // Who makes up carts has five times as much, and no more.
        var madeUp = 0;
        while (await IsLetInAsync(Askers.Guest, _office, CartId.Make()))
        {
            madeUp++;
        }

        Assert.InRange(madeUp, 2, 4);

        // Of several fields the one that earns least.
        Assert.True(
            await IsLetInAsync(
                Askers.Customer(new CustomerId(13)),
                _office,
                query: "{ viewer { id } __typename products(first: 1) { nodes { id } } }"
            )
        );

        var page = await new Operator(_shop.Services).SeeAsync(
            "rules { version loadedAt fault rules { id taken refused } system { limit running classes { name limit running taken refused } } breakers { id state isRuled } }"
        );
        var rules = page.GetProperty("rules");
        Assert.Equal("7", rules.GetProperty("version").GetString());
        Assert.Equal(ShopHost.Now, rules.GetProperty("loadedAt").GetDateTimeOffset());
        Assert.Null(rules.GetProperty("fault").GetString());
        var rule = Assert.Single(rules.GetProperty("rules").EnumerateArray());
        Assert.Equal("each", rule.GetProperty("id").GetString());
        Assert.Equal(6, rule.GetProperty("refused").GetInt32());
        AssertBreakers(rules.GetProperty("breakers"));
        AssertClasses(rules.GetProperty("system").GetProperty("classes"), carts: 5 + madeUp);
    }

    [Fact]
    public void A_file_that_will_not_do_stops_the_host()
    {
        File.WriteAllText(_path, """{ "version": "8", "flow": [{ "id": "x" }] }""");
        using var host = ShopHost.Build(_shop.Postgres, _shop.Redis, null, ("Admission:Rules", _path));

        var fault = Assert.Throws<InvalidDataException>(() =>
            host.Services.GetRequiredService<GraphEngine>()
        );

        Assert.StartsWith($"Admission:Rules names {_path}. ", fault.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    private static void AssertBreakers(JsonElement breakers) =>
        Assert.Equal(
            [
                "cache CLOSED True",
                "cache-primary CLOSED False",
                "cache-replica CLOSED False",
                "search CLOSED False",
                "shipping-rates CLOSED False",
                "tax-service CLOSED False",
            ],
            breakers
                .EnumerateArray()
                .Select(each =>
                    string.Join(' ', each.EnumerateObject().Select(part => part.Value.ToString()))
                )
        );

    // Who is refused by a rule before asks for no place. The page that says so is one, and runs.
    private static void AssertClasses(JsonElement classes, int carts) =>
        Assert.Equal(
            [
                "order 20 0 0 0",
                FormattableString.Invariant($"cart 18 0 {carts} 0"),
                "staff 18 1 1 0",
                "browse 14 0 1 0",
                "import 10 0 0 0",
            ],
            classes
                .EnumerateArray()
                .Select(each =>
                    string.Join(' ', each.EnumerateObject().Select(part => part.Value.ToString()))
                )
        );

    private async Task<bool> IsLetInAsync(
        ClaimsPrincipal user,
        IPAddress address,
        CartId? cart = null,
        string query = "{ viewer { id } }"
    )
    {
        await using var scope = _shop.Scope();
        var result = await _shop
            .Get<GraphEngine>()
            .ExecuteAsync(
                new ExecutionOptions
                {
                    Query = cart is { } id ? $$"""{ cart(id: "{{GlobalId.Of(id)}}") { id } }""" : query,
                    UserContext = new Caller(OperationKinds.Query) { Address = address },
                    RequestServices = scope.ServiceProvider,
                    User = user,
                }
            );
        if (result.Executed)
        {
            return true;
        }

        Assert.Equal("each", Assert.IsType<RuleRefusal>(Assert.Single(result.Errors!)).Rule);
        return false;
    }
}
