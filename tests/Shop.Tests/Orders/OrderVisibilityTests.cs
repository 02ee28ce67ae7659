using System.Security.Claims;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Orders.Keys;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>Who sees which order, on every path that leads to one.</summary>
public sealed class OrderVisibilityTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const string Find = """
        query($id: ID!, $number: String!, $key: String) {
          byId: order(by: {id: $id}, accessKey: $key) { number customer { id } }
          byNumber: order(by: {number: $number}, accessKey: $key) { number }
        }
        """;

    private const string Name = """
        query($id: ID!, $of: [_Any!]!) {
          node(id: $id) { id }
          nodes(ids: [$id]) { id }
          _entities(representations: $of) { ... on Order { number } }
        }
        """;

    private readonly Saga _saga = new(shop);
    private readonly CustomerId _ada = shop.Get<NewId>().Next<CustomerId>();
    private readonly CustomerId _eve = shop.Get<NewId>().Next<CustomerId>();

    public async ValueTask InitializeAsync() => await shop.OpenAccountsAsync(_ada, _eve);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("ada", false, true)]
    [InlineData("eve", false, false)]
    [InlineData("guest", false, false)]
    [InlineData("staff of orders", false, true)]
    [InlineData("staff of stock", false, false)]
    [InlineData("admin", false, true)]
    [InlineData("eve", true, true)]
    [InlineData("guest", true, true)]
    public async Task A_customers_order_is_open_to_them_to_staff_and_to_its_key(
        string who,
        bool withKey,
        bool isSeen
    )
    {
        var order = await PlacedAsync(_ada);

        var found = await shop.AskAsync(User(who), Find, order.Variables(withKey));

        Assert.Equal(isSeen, IsThere(found, "byId"));
        Assert.Equal(isSeen, IsThere(found, "byNumber"));
        var named = await shop.AskAsync(User(who), Name, order.References);
        var isSeenByName = isSeen && !withKey;
        Assert.Equal(isSeenByName, IsThere(named, "node"));
        Assert.Equal(isSeenByName, IsThere(named.GetProperty("nodes")[0]));
        Assert.All(
            named.GetProperty("_entities").EnumerateArray(),
            entity => Assert.Equal(isSeenByName, IsThere(entity))
        );
    }

    [Theory]
    [InlineData("staff of orders")]
    [InlineData("admin")]
    public async Task On_the_schema_of_shoppers_staff_is_a_customer(string who)
    {
        var order = await PlacedAsync(_ada);
        var customer = new { id = GlobalId.Of(_ada).ToString() };

        var found = await shop.AskAsync(User(who), Find, order.Variables(withKey: false), Audience.Shoppers);
        var named = await shop.AskAsync(
            User(who),
            "query($id: ID!) { node(id: $id) { ... on Customer { email } } }",
            customer,
            Audience.Shoppers
        );

        Assert.False(IsThere(found, "byId"));
        Assert.False(IsThere(found, "byNumber"));
        Assert.False(IsThere(named, "node"));
    }

    [Theory]
    [InlineData("ada", false, false)]
    [InlineData("guest", false, false)]
    [InlineData("staff of orders", false, true)]
    [InlineData("guest", true, true)]
    public async Task A_guests_order_is_open_to_staff_and_to_its_key(string who, bool withKey, bool isSeen)
    {
        var order = await PlacedAsync(customer: null);

        var found = await shop.AskAsync(User(who), Find, order.Variables(withKey));

        Assert.Equal(isSeen, IsThere(found, "byId"));
        Assert.Equal(isSeen, IsThere(found, "byNumber"));
    }

    [Theory]
    [InlineData("ada", true)]
    [InlineData("staff of orders", true)]
    [InlineData("guest", false)]
    [InlineData("eve", false)]
    public async Task Whose_it_is_is_told_to_them_and_to_staff_not_to_whoever_has_its_key(
        string who,
        bool isTold
    )
    {
        var order = await PlacedAsync(_ada);

        var found = await shop.AskAsync(User(who), Find, order.Variables(withKey: true));

        var customer = found.GetProperty("byId").GetProperty("customer");
        Assert.Equal(isTold, IsThere(customer));
        Assert.True(!isTold || customer.GetProperty("id").GetString() == GlobalId.Of(_ada).ToString());
    }

    [Fact]
    public async Task Many_orders_of_many_kinds_of_claims_are_one_statement()
    {
        var (mine, keyed, closed) = (
            await PlacedAsync(_ada),
            await PlacedAsync(_eve),
            await PlacedAsync(customer: null)
        );

        using var count = SqlCount.Start();
        var found = await shop.AskAsync(
            User("ada"),
            """
            query($mine: ID!, $keyed: ID!, $key: String!, $closed: ID!) {
              mine: order(by: {id: $mine}) { id }
              keyed: order(by: {id: $keyed}, accessKey: $key) { id }
              closed: order(by: {id: $closed}) { id }
              # One order's key opens no other.
              wrong: order(by: {id: $closed}, accessKey: $key) { id }
            }
            """,
            new
            {
                mine = mine.Id,
                keyed = keyed.Id,
                key = keyed.AccessKey,
                closed = closed.Id,
            }
        );

        Assert.Single(count.Statements, sql => sql.Contains("FROM orders", StringComparison.Ordinal));
        Assert.Equal((true, true), (IsThere(found, "mine"), IsThere(found, "keyed")));
        Assert.Equal((false, false), (IsThere(found, "closed"), IsThere(found, "wrong")));
    }

    [Theory]
    [InlineData("ada", false, "customer")]
    [InlineData("guest", true, "customer")]
    [InlineData("staff of orders", false, "staff")]
    [InlineData("eve", false, null)]
    [InlineData("guest", false, null)]
    [InlineData("staff of stock", false, null)]
    public async Task An_order_is_cancelled_by_its_customer_its_key_and_staff(
        string who,
        bool withKey,
        string? actor
    )
    {
        var order = await PlacedAsync(_ada);

        var answer = await shop.AskAsync(
            User(who),
            """
            mutation($key: UUID!, $id: ID!, $accessKey: String) {
              orderCancel(input: {idempotencyKey: $key, order: {id: $id}, accessKey: $accessKey, reason: "Enough"}) {
                order { status timeline { nodes { actor note } } } problems { code }
              }
            }
            """,
            new
            {
                key = Guid.CreateVersion7(),
                id = order.Id,
                accessKey = withKey ? order.AccessKey : null,
            }
        );

        var payload = answer.GetProperty("orderCancel");
        if (actor is null)
        {
            Assert.Equal("NOT_FOUND", payload.GetProperty("problems")[0].GetProperty("code").GetString());
            Assert.Equal(OrderStatus.Pending, (await _saga.OrderAsync(order.Row)).Status);
            return;
        }

        Assert.Equal("CANCELLED", payload.GetProperty("order").GetProperty("status").GetString());
        var steps = payload.GetProperty("order").GetProperty("timeline").GetProperty("nodes");
        Assert.Equal(actor, steps[1].GetProperty("actor").GetString());
        Assert.Equal(actor == "staff" ? 1 : 0, await AuditAsync(order.Row));
        await _saga.SettleAsync();
    }

    private async Task<Placed> PlacedAsync(CustomerId? customer)
    {
        var request = Saga.Request((await _saga.StockedAsync(units: 5), 1)) with { Customer = customer };
        var row = await _saga.PlacedAsync(request);
        await shop.ReplicaCaughtUpAsync();
        return new(
            row,
            GlobalId.Of(row).ToString(),
            $"{(await _saga.OrderAsync(row)).Number}",
            AccessKey.Of(request.CartSecret, row).Text
        );
    }

    private Task<long> AuditAsync(OrderId order) =>
        _saga.CountAsync(
            $"orders.audit_entry where subject_id = {order.Value} and action = 'orderCancel' and actor_id = 7"
        );

    private ClaimsPrincipal User(string who) =>
        who switch
        {
            "ada" => Askers.Customer(_ada),
            "eve" => Askers.Customer(_eve),
            "staff of orders" => Askers.Staff(StaffRole.Orders),
            "staff of stock" => Askers.Staff(StaffRole.Stock),
            "admin" => Askers.Staff(StaffRole.Admin),
            _ => Askers.Guest,
        };

    private static bool IsThere(JsonElement data, string field) => IsThere(data.GetProperty(field));

    private static bool IsThere(JsonElement value) => value.ValueKind != JsonValueKind.Null;

    private sealed record Placed(OrderId Row, string Id, string Number, string AccessKey)
    {
        public object References =>
            new
            {
                id = Id,
                of = new object[]
                {
                    new { __typename = "Order", id = Id },
                    new { __typename = "Order", number = Number },
                },
            };

        public object Variables(bool withKey) =>
            new
            {
                id = Id,
                number = Number,
                key = withKey ? AccessKey : null,
            };
    }
}
