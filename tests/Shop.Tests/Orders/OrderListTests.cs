using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Orders.Placing;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>How staff finds orders.</summary>
public sealed class OrderListTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string List = """
        query($where: OrderWhere, $search: String, $by: OrderOrder, $first: Int, $after: String, $last: Int, $before: String) {
          orders(where: $where, search: $search, orderBy: $by, first: $first, after: $after, last: $last, before: $before) {
            nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          }
        }
        """;

    private readonly Saga _saga = new(shop);
    private readonly CustomerId _ada = new(4711);
    private readonly List<OrderId> _placed = [];

    // One day apart: Ada's with an account, a guest's, and two more of hers, the first of which is cancelled.
    public async ValueTask InitializeAsync()
    {
        await using (
            var command = shop.Get<Database<OrdersDb>>()
                .Primary.CreateCommand("truncate orders.\"order\", orders.order_line, orders.order_event")
        )
        {
            await command.ExecuteNonQueryAsync();
        }

        var (pot, cup) = (await _saga.StockedAsync(units: 5), await _saga.StockedAsync(units: 5));
        await PlaceAsync("Ada@Example.org", _ada, ("POT", pot));
        await PlaceAsync("bob_@example.com", null, ("POT", pot), ("CUP", cup));
        var cancelled = await PlaceAsync("ada@example.com", _ada, ("CUP", cup));
        await PlaceAsync("bobby@example.com", _ada, ("CUP", cup));
        await _saga.SettleAsync();
        await _saga.CancelAsync(cancelled, _placed[2]);
        await shop.ReplicaCaughtUpAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("""{}""", "3 2 1 0")]
    [InlineData("""{"status": {"eq": "CANCELLED"}}""", "2")]
    [InlineData("""{"status": {"in": ["CANCELLED", "AWAITING_PAYMENT"]}}""", "3 2 1 0")]
    [InlineData("""{"status": {"in": []}}""", "")]
    [InlineData("""{"customer": {"eq": "~ada"}}""", "3 2 0")]
    [InlineData("""{"not": {"customer": {"in": ["~ada"]}}}""", "1")]
    [InlineData("""{"email": {"eq": "ADA@example.ORG"}}""", "0")]
    [InlineData("""{"email": {"in": ["ada@example.com", "bobby@example.com"]}}""", "3 2")]
    [InlineData("""{"sku": {"eq": "POT"}}""", "1 0")]
    [InlineData("""{"number": {"in": ["~number1", "no number"]}}""", "1")]
    [InlineData("""{"and": [{"sku": {"eq": "CUP"}}, {"not": {"status": {"eq": "CANCELLED"}}}]}""", "3 1")]
    [InlineData("""{"or": [{"sku": {"eq": "POT"}}, {"status": {"eq": "CANCELLED"}}]}""", "2 1 0")]
    [InlineData("""{"placedAt": {"gte": "~day1", "lte": "~day2"}}""", "2 1")]
    public async Task Filters_hold_all_at_once(string where, string found) =>
        Assert.Equal(found, await FindAsync(where: where));

    [Theory]
    [InlineData("ada@", "2 0")]
    [InlineData("BOB", "3 1")]
    [InlineData("bob_", "1")]
    [InlineData("%@e", "")]
    [InlineData("bo", "")]
    [InlineData(" CUP ", "3 2 1")]
    [InlineData("cup", "")]
    [InlineData("~number2", "2")]
    [InlineData("S-0000-0000", "")]
    [InlineData("", "3 2 1 0")]
    public async Task A_search_knows_numbers_skus_and_the_beginnings_of_addresses(
        string search,
        string found
    ) => Assert.Equal(found, await FindAsync(search: search));

    [Fact]
    public async Task A_search_and_a_filter_both_hold() =>
        Assert.Equal("1", await FindAsync("""{"sku": {"eq": "POT"}}""", search: "bob"));

    [Fact]
    public async Task The_list_is_paged_both_ways_in_both_directions()
    {
        var first = await AskAsync(new { first = 3 });
        var rest = await AskAsync(new { first = 3, after = Cursor(first, "endCursor") });
        var back = await AskAsync(new { last = 2, before = Cursor(rest, "startCursor") });
        var by = new { field = "PLACED_AT", direction = "ASC" };
        var oldest = await AskAsync(new { by, first = 3 });
        var youngest = await AskAsync(
            new
            {
                by,
                first = 3,
                after = Cursor(oldest, "endCursor"),
            }
        );

        Assert.Equal(
            ["3 2 1", "0", "2 1", "0 1 2", "3"],
            new[] { first, rest, back, oldest, youngest }.Select(Found)
        );
    }

    [Fact]
    public async Task A_page_with_customers_lines_and_shipments_is_a_statement_for_each_kind()
    {
        using var count = SqlCount.Start();
        await shop.AskAsync(
            Askers.Staff(StaffRole.Orders),
            "{ orders { nodes { number customer { id } lines { sku } shipment { carrier } allowedTransitions } } }"
        );

        Assert.Equal(3, count.Statements.Count(sql => sql.Contains("orders.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_filter_that_is_too_deep_and_a_cursor_of_another_list_are_refused()
    {
        var deep = """{"not": {"not": {"not": {"not": {"status": {"eq": "PAID"}}}}}}""";
        var clerk = Askers.Staff(StaffRole.Orders);

        Assert.Equal("LIMIT_EXCEEDED", await shop.ErrorAsync(clerk, List, new { where = Parse(deep) }));
        Assert.Equal("INVALID_CURSOR", await shop.ErrorAsync(clerk, List, new { after = "bm9uZQ" }));
    }

    [Theory]
    [InlineData("select id from orders.\"order\" where lower(email) like 'ada%'", "ix_order_email")]
    [InlineData("select order_id from orders.order_line where sku = 'POT'", "ix_order_line_sku")]
    [InlineData(
        "select id from orders.\"order\" where status in (2, 6) order by id desc",
        "ix_order_status_id"
    )]
    [InlineData("select id from orders.\"order\" where placed_at >= now()", "ix_order_placed_at")]
    public async Task Each_question_has_an_index(string sql, string index)
    {
        await using var connection = await shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        // A table of four rows is read whole, unless that is forbidden.
        await using var command = connection.CreateCommand();
        command.CommandText = $"set enable_seqscan = off; set enable_indexscan = on; explain {sql}";
        var plan = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            plan.Add(rows.GetString(0));
        }

        Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
    }

    private async Task<PlaceOrderRequest> PlaceAsync(
        string email,
        CustomerId? customer,
        params (string Sku, VariantId Variant)[] lines
    )
    {
        var request = Saga.Request() with
        {
            Email = email,
            Customer = customer,
            Cost = Saga.Costs(new Money(250, "GBP") * lines.Length),
            Lines =
            [
                .. lines.Select(line => new PlacedLine(line.Variant, line.Sku, "Tea", 1, new(250, "GBP"))),
            ],
        };
        _placed.Add(await _saga.PlacedAsync(request));
        shop.Clock.Advance(TimeSpan.FromDays(1));
        return request;
    }

    private async Task<string> FindAsync(string? where = null, string? search = null)
    {
        var orders = new List<Order>();
        foreach (var id in _placed)
        {
            orders.Add(await _saga.OrderAsync(id));
        }

        string? Fill(string? text) =>
            text
                ?.Replace("~ada", GlobalId.Of(_ada).ToString(), StringComparison.Ordinal)
                .Replace("~number1", $"{orders[1].Number}".ToLowerInvariant(), StringComparison.Ordinal)
                .Replace("~number2", $"{orders[2].Number}", StringComparison.Ordinal)
                .Replace("~day1", $"{orders[1].PlacedAt:O}", StringComparison.Ordinal)
                .Replace("~day2", $"{orders[2].PlacedAt:O}", StringComparison.Ordinal);
        return Found(
            await AskAsync(
                where is null
                    ? (object)new { search = Fill(search) }
                    : new { where = Parse(Fill(where)!), search = Fill(search) }
            )
        );
    }

    private async Task<JsonElement> AskAsync(object variables)
    {
        var answer = await shop.AskAsync(Askers.Staff(StaffRole.Orders), List, variables);
        return answer.GetProperty("orders");
    }

    /// <summary>Which of the four, by their places.</summary>
    private string Found(JsonElement orders) =>
        string.Join(
            ' ',
            orders
                .GetProperty("nodes")
                .EnumerateArray()
                .Select(order =>
                    _placed.FindIndex(id => GlobalId.Of(id).ToString() == order.GetProperty("id").GetString())
                )
        );

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private static string? Cursor(JsonElement orders, string end) =>
        orders.GetProperty("pageInfo").GetProperty(end).GetString();
}
