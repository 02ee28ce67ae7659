using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Engine.Access;

/// <summary>Who may ask for what, whichever way they ask.</summary>
public sealed class AccessTests(Vault vault) : IClassFixture<Vault>
{
    private const string Stock = "7 Stock";
    private const string Admin = "1 Admin";
    private const string Other = "8 Catalog Orders Payments";
    private const string Customer = "9";

    /// <summary>Everybody, and what the vault says to them when they ask for its coins.</summary>
    public static TheoryData<string?, int, string> Everybody =>
        new()
        {
            { null, 401, "UNAUTHENTICATED" },
            { Customer, 403, "FORBIDDEN" },
            { Other, 403, "FORBIDDEN" },
            { "x Stock", 401, "UNAUTHENTICATED" },
            { "7 stocks 2", 403, "FORBIDDEN" },
            { Stock, 200, "1887" },
            { Admin, 200, "1887" },
        };

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task A_role_opens_a_field_the_first_time_and_every_time(
        string? card,
        int status,
        string says
    )
    {
        const string Query = "{ coins { nodes { year } } }";
        // Somebody who may has had the document checked before, and somebody who may not.
        await vault.SendAsync(vault.ForStaff, Stock, new { query = Query });
        await vault.SendAsync(vault.ForStaff, null, new { query = Query });

        var (found, body) = await vault.SendAsync(vault.ForStaff, card, new { query = Query });

        Assert.Equal(status, found);
        Assert.Contains(says, body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Fragments_and_aliases_are_no_way_around(string? card, int status, string says)
    {
        const string Query = """
            query { ...A }
            fragment A on Query { door { colour } ...B }
            fragment B on Query { mine: coins { edges { ...C } } }
            fragment C on CoinEdge { node { ... on Node { ... on Coin { y: year } } } }
            """;

        var (found, body) = await vault.SendAsync(vault.ForStaff, card, new { query = Query });

        Assert.Equal(status, found);
        Assert.Contains(says, body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Inline_fragments_are_no_way_around(string? card, int status, string says)
    {
        const string Query = "{ ... { door { colour } ... on Query { coins { nodes { year } } } } }";

        var (found, body) = await vault.SendAsync(vault.ForStaff, card, new { query = Query });

        Assert.Equal(status, found);
        Assert.Contains(says, body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task An_address_and_an_event_stream_are_no_way_around(string? card, int status, string says)
    {
        var get = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri($"{vault.ForStaff}?query={Uri.EscapeDataString("{ coins { nodes { year } } }")}")
        );

        var (found, body) = await vault.SendAsync(get, card);
        var (_, events) = await vault.SendAsync(
            vault.ForStaff,
            card,
            new { query = "subscription { coinMoved { year } }" },
            "text/event-stream"
        );

        Assert.Equal(status, found);
        Assert.Contains(says, body, StringComparison.Ordinal);
        Assert.Contains(says, events, StringComparison.Ordinal);
        Assert.Equal(status == 200, events.Contains("1887", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task A_batch_refuses_what_is_not_theirs_and_answers_the_rest(
        string? card,
        int status,
        string says
    )
    {
        var (found, body) = await vault.SendAsync(
            vault.ForStaff,
            card,
            new object[]
            {
                new { query = "{ door { colour } }" },
                new { query = "{ coins { nodes { year } } }" },
            }
        );

        Assert.Equal(200, found);
        Assert.Contains("green", body, StringComparison.Ordinal);
        Assert.Contains(says, body, StringComparison.Ordinal);
        Assert.Equal(status == 200, body.Contains("1887", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_not_change_nothing_changes()
    {
        foreach (var card in new[] { null, Customer, Other })
        {
            await vault.SendAsync(vault.ForStaff, card, new { query = "mutation { coinTake }" });
        }

        Assert.Equal(0, vault.Taken);
        await vault.SendAsync(vault.ForStaff, Stock, new { query = "mutation { coinTake }" });
        Assert.Equal(1, vault.Taken);
    }

    [Theory]
    [InlineData("subscription { coinMoved { year } }")]
    [InlineData("subscription { doorPainted { colour combination } }")]
    public async Task A_WebSocket_is_no_way_around(string query)
    {
        using var customer = await SocketClient.ConnectAsync(vault.ForStaff, "graphql-transport-ws");
        await customer.InitialiseAsync($$"""{"authorization":"Bearer {{Customer}}"}""");
        await customer.HearAsync();
        using var admin = await SocketClient.ConnectAsync(vault.ForStaff, "graphql-transport-ws");
        await admin.InitialiseAsync($$"""{"authorization":"Bearer {{Admin}}"}""");
        await admin.HearAsync();

        await customer.SubscribeAsync("1", query);
        await admin.SubscribeAsync("1", query);

        Assert.Contains("FORBIDDEN", await customer.HearAsync(), StringComparison.Ordinal);
        Assert.Contains("\"data\"", await admin.HearAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(Customer, false)]
    [InlineData(Other, false)]
    [InlineData(Stock, true)]
    [InlineData(Admin, true)]
    public async Task An_id_alone_does_not_tell_that_something_exists(string? card, bool finds)
    {
        var coin = $"{GlobalId.Of(Coin.All[0].Id)}";
        var body = new
        {
            query = """
                query ($id: ID!, $any: [_Any!]!) {
                  node(id: $id) { __typename }
                  nodes(ids: [$id]) { id }
                  _entities(representations: $any) { __typename }
                }
                """,
            variables = new { id = coin, any = new[] { new { __typename = "Coin", id = coin } } },
        };

        var (_, answer) = await vault.SendAsync(vault.ForStaff, card, body);

        Assert.Equal(finds, answer.Contains("Coin", StringComparison.Ordinal));
        Assert.Equal(finds, answer.Contains(coin, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData(Customer, 200)]
    public async Task A_customer_is_enough_where_no_role_is_asked_for(string? card, int status)
    {
        var (found, body) = await vault.SendAsync(vault.ForShoppers, card, new { query = "{ box }" });

        Assert.Equal(status, found);
        Assert.Equal(status == 200, body.Contains("\"9\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_for_staff_is_not_in_the_schema_of_shoppers()
    {
        var forShoppers = SchemaText.Of(new VaultModule());

        Assert.Contains("colour", forShoppers, StringComparison.Ordinal);
        Assert.DoesNotContain("Coin", forShoppers, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("combination", forShoppers, StringComparison.Ordinal);
        var (status, _) = await vault.SendAsync(
            vault.ForShoppers,
            Admin,
            new { query = "{ coins { nodes { year } } }" }
        );
        Assert.Equal(400, status);
    }

    [Fact]
    public void A_field_says_what_it_needs()
    {
        var forStaff = SchemaText.OfStaff(new VaultModule());

        Assert.Contains("\"The coins. Needs the role `STOCK`.\"", forStaff, StringComparison.Ordinal);
        Assert.Contains("\"What opens it. Needs the role `ORDERS`.\"", forStaff, StringComparison.Ordinal);
        Assert.Contains(
            "\"Number of one's box. Needs a customer who is signed in.\"",
            forStaff,
            StringComparison.Ordinal
        );
    }
}
