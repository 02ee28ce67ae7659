using System.Security.Claims;
using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Orders.Keys;
using Shop.GraphQL.Engine.Schema;
using Shop.Jobs.Verification;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>What staff does with orders. Nothing of the shop makes one paid yet, so these tests do, in SQL.</summary>
public sealed class StaffOrderTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Ship = """
        mutation($key: UUID!, $id: ID!, $tracking: String, $carrier: String, $version: Int) {
          orderShip(input: {
            idempotencyKey: $key, order: {id: $id}, trackingNumber: $tracking, carrier: $carrier, ifVersion: $version
          }) {
            order {
              status version allowedTransitions shipment { carrier trackingNumber shippedAt }
              timeline { nodes { from to actor note } }
            }
            problems { code message field ... on VersionConflict { currentVersion } }
          }
        }
        """;

    private const string Deliver = """
        mutation($key: UUID!, $id: ID!, $note: String) {
          orderDeliver(input: {idempotencyKey: $key, order: {id: $id}, note: $note}) {
            order { status version allowedTransitions timeline { nodes { to actor note } } } problems { code }
          }
        }
        """;

    private static readonly ClaimsPrincipal _clerk = Askers.Staff(StaffRole.Orders);

    private readonly Saga _saga = new(shop);

    [Fact]
    public async Task A_paid_order_is_shipped_and_delivered_and_keeps_its_stock()
    {
        var pot = await _saga.StockedAsync(units: 5);
        var order = await PaidAsync(pot);

        var shipped = (await ShipAsync(order, tracking: "0034", carrier: "DHL")).GetProperty("order");
        var delivered = (await DeliverAsync(order, "Left with the neighbour")).GetProperty("order");
        await _saga.SettleAsync();

        Assert.Equal(("SHIPPED", 4), (Text(shipped, "status"), shipped.GetProperty("version").GetInt32()));
        Assert.Equal("""["DELIVERED","REFUNDED"]""", Json(shipped, "allowedTransitions"));
        Assert.Equal(
            """{"carrier":"DHL","trackingNumber":"0034","shippedAt":"2026-03-02T09:00:00Z"}""",
            Json(shipped, "shipment")
        );
        Assert.Equal(
            """{"from":"PAID","to":"SHIPPED","actor":"staff","note":"DHL 0034"}""",
            shipped.GetProperty("timeline").GetProperty("nodes")[3].GetRawText()
        );
        Assert.Equal(
            ("DELIVERED", 5),
            (Text(delivered, "status"), delivered.GetProperty("version").GetInt32())
        );
        Assert.Equal(
            """{"to":"DELIVERED","actor":"staff","note":"Left with the neighbour"}""",
            delivered.GetProperty("timeline").GetProperty("nodes")[4].GetRawText()
        );
        Assert.Equal([-2], await _saga.MovementsAsync(pot));
        await AssertConsistentAsync();
    }

    [Fact]
    public async Task Who_did_what_stands_in_the_audit_trail_with_the_step()
    {
        var order = await PaidAsync();

        await ShipAsync(order);
        await DeliverAsync(order, note: null);

        Assert.Equal(2, await AuditAsync(order, "true"));
        Assert.Equal(
            1,
            await AuditAsync(
                order,
                """
                action = 'orderShip' and actor_id = 7 and subject_kind = 'Order'
                and before = '{"status": "Paid", "version": 3}' and after = '{"status": "Shipped", "version": 4}'
                """
            )
        );
        Assert.Equal(1, await AuditAsync(order, "action = 'orderDeliver'"));
    }

    [Fact]
    public async Task Of_two_who_ship_an_order_at_once_one_does()
    {
        var order = await PaidAsync();

        var answers = await Task.WhenAll(ShipAsync(order, tracking: "1"), ShipAsync(order, tracking: "2"));

        var refused = Assert.Single(answers, answer => Code(answer) is not null);
        Assert.Equal("NOT_ALLOWED_NOW", Code(refused));
        Assert.Equal(
            "An order that is SHIPPED can only become DELIVERED or REFUNDED.",
            Text(refused.GetProperty("problems")[0], "message")
        );
        Assert.Equal(4, (await _saga.OrderAsync(order)).Version);
        Assert.Equal(1, await AuditAsync(order, "true"));
    }

    [Fact]
    public async Task A_repeated_call_is_answered_like_the_first_and_does_nothing_and_another_with_its_key_is_a_conflict()
    {
        var order = await PaidAsync();
        var other = await PaidAsync();
        var key = Guid.CreateVersion7();

        var first = await ShipAsync(order, key, tracking: "1");
        var again = await ShipAsync(order, key, tracking: "1");

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal("IDEMPOTENCY_CONFLICT", Code(await ShipAsync(order, key, tracking: "2")));
        Assert.Equal("IDEMPOTENCY_CONFLICT", Code(await ShipAsync(other, key, tracking: "1")));
        Assert.Equal(4, (await _saga.OrderAsync(order)).Version);
        Assert.Equal(3, (await _saga.OrderAsync(other)).Version);
        Assert.Equal(1, await AuditAsync(order, "true"));
    }

    [Fact]
    public async Task A_step_that_the_status_or_the_version_does_not_allow_changes_nothing_and_leaves_the_key_unused()
    {
        var order = await PaidAsync();
        var key = Guid.CreateVersion7();

        var early = await DeliverAsync(order, note: null);
        var stale = await ShipAsync(order, key, version: 2);
        var blank = await ShipAsync(order, carrier: " ");
        var absent = await ShipAsync(shop.Get<NewId>().Next<OrderId>());

        Assert.Equal("NOT_ALLOWED_NOW", Code(early));
        Assert.Equal("VERSION_CONFLICT", Code(stale));
        Assert.Equal(3, stale.GetProperty("problems")[0].GetProperty("currentVersion").GetInt32());
        Assert.Equal("INVALID_INPUT", Code(blank));
        Assert.Equal("NOT_FOUND", Code(absent));
        Assert.Equal(3, (await _saga.OrderAsync(order)).Version);
        Assert.Equal(0, await AuditAsync(order, "true"));
        Assert.Null(Code(await ShipAsync(order, key, version: 3)));
    }

    [Fact]
    public async Task What_staff_cancels_gives_its_stock_back_once_and_a_paid_order_is_not_cancelled()
    {
        var pot = await _saga.StockedAsync(units: 5);
        var order = await _saga.PlacedAsync(Saga.Request((pot, 2)));
        await _saga.SettleAsync();
        var access = new OrderAccess(new CustomerId(7), default, IsStaff: true);
        var request = new CancelOrderRequest(Guid.CreateVersion7(), order, access, "Fraud");

        var first = await _saga.CancelOrder.RunAsync(request, CancellationToken.None);
        var again = await _saga.CancelOrder.RunAsync(request, CancellationToken.None);
        await _saga.SettleAsync();

        Assert.Equal(new OrderChangeResult.Changed(order), first);
        Assert.Equal(first, again);
        Assert.Equal([-2, 2], await _saga.MovementsAsync(pot));
        var paid = await PaidAsync();
        Assert.Equal(
            new OrderChangeResult.NotAllowedNow(OrderStatus.Paid),
            await _saga.CancelOrder.RunAsync(
                request with
                {
                    IdempotencyKey = Guid.CreateVersion7(),
                    Order = paid,
                },
                CancellationToken.None
            )
        );
        await AssertConsistentAsync();
    }

    [Fact]
    public async Task Nobody_else_has_a_desk()
    {
        var order = await PaidAsync();
        var variables = new { key = Guid.CreateVersion7(), id = GlobalId.Of(order).ToString() };

        Assert.Equal("UNAUTHENTICATED", await shop.ErrorAsync(Askers.Guest, Ship, variables));
        Assert.Equal("FORBIDDEN", await shop.ErrorAsync(Askers.Customer(new(9)), Deliver, variables));
        Assert.Equal(
            "FORBIDDEN",
            await shop.ErrorAsync(Askers.Staff(StaffRole.Catalog), "{ orders { nodes { id } } }")
        );
        Assert.Equal(3, (await _saga.OrderAsync(order)).Version);
    }

    private async Task<OrderId> PaidAsync(VariantId? pot = null)
    {
        var order = await _saga.PlacedAsync(Saga.Request((pot ?? await _saga.StockedAsync(units: 5), 2)));
        await _saga.SettleAsync();
        await _saga.PayAsync(order);
        return order;
    }

    private async Task<JsonElement> ShipAsync(
        OrderId order,
        Guid? key = null,
        string? tracking = null,
        string? carrier = null,
        int? version = null
    )
    {
        var answer = await shop.AskAsync(
            _clerk,
            Ship,
            new
            {
                key = key ?? Guid.CreateVersion7(),
                id = GlobalId.Of(order).ToString(),
                tracking,
                carrier,
                version,
            }
        );
        return answer.GetProperty("orderShip");
    }

    private async Task<JsonElement> DeliverAsync(OrderId order, string? note)
    {
        var answer = await shop.AskAsync(
            _clerk,
            Deliver,
            new
            {
                key = Guid.CreateVersion7(),
                id = GlobalId.Of(order).ToString(),
                note,
            }
        );
        return answer.GetProperty("orderDeliver");
    }

    private Task<long> AuditAsync(OrderId order, string condition) =>
        _saga.CountAsync($"orders.audit_entry where subject_id = {order.Value} and {condition}");

    private async Task AssertConsistentAsync()
    {
        var report = await shop.Get<VerifyConsistency>()
            .RunAsync(patience: TimeSpan.Zero, CancellationToken.None);
        Assert.Empty(report.Findings);
    }

    private static string? Code(JsonElement payload) =>
        payload.GetProperty("problems").EnumerateArray().FirstOrDefault()
            is { ValueKind: JsonValueKind.Object } problem
            ? Text(problem, "code")
            : null;

    private static string? Text(JsonElement value, string field) => value.GetProperty(field).GetString();

    private static string Json(JsonElement value, string field) => value.GetProperty(field).GetRawText();
}
