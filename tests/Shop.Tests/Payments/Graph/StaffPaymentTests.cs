using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Kernel;
using Shop.Data.Payments;
using Shop.Data.Payments.Refunds;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Payments;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Payments.Graph;

/// <summary>What staff sees and does with payments, and what those who watch them are told.</summary>
public sealed class StaffPaymentTests(SandboxShop shop) : IClassFixture<SandboxShop>
{
    private const string List = """
        query ($first: Int) {
          payments(first: $first) {
            nodes {
              id number account status nextAction { __typename } allowedTransitions
              order { number } refunds { status payment { id } } notices { outcome }
            }
          }
        }
        """;

    private const string Refund = """
        mutation ($key: UUID!, $id: ID!, $amount: Decimal, $reason: RefundReason = REQUESTED) {
          paymentRefund(input: {idempotencyKey: $key, paymentId: $id, amount: $amount, reason: $reason, goodsBack: false}) {
            replayed payment { status refundable { amount } refunds { amount { amount } status reason } }
            problems { code field ... on TooMuchRefunded { left { amount } } }
          }
        }
        """;

    [Fact]
    public async Task Money_goes_back_to_the_cent_and_once_and_those_who_watch_are_told()
    {
        var (order, id) = await PaidAsync();
        var key = Guid.CreateVersion7();
        await using var scope = shop.Shop.Scope();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var orderId = GlobalId.Parse(order.Id);
        await using var changes = scope
            .ServiceProvider.GetRequiredService<PaymentSubscriptions>()
            .PaymentChanged(orderId.To<OrderId>(), order.AccessKey, fromVersion: null, patience.Token)
            .GetAsyncEnumerator(patience.Token);
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(PaymentStatus.Captured, changes.Current.Status);
        var before = changes.Current.Version;

        Assert.Equal("4.24 0.01 REQUESTED", Told(await RefundAsync(id, "0.01", key)));
        Assert.True((await RefundAsync(id, "0.01", key)).GetProperty("replayed").GetBoolean());
        Assert.Equal("TOO_MUCH_REFUNDED", Code(await RefundAsync(id, "4.25")));
        Assert.Equal("INVALID_INPUT", Code(await RefundAsync(id, "0.001")));
        Assert.Equal("INVALID_INPUT", Code(await RefundAsync(id, "0.01", reason: "LATE")));
        await RefundAsync(id, null);
        await SendRefundsAsync();

        do
        {
            Assert.True(await changes.MoveNextAsync());
            Assert.True(changes.Current.Version > before);
        } while (changes.Current.Status != PaymentStatus.Refunded);
        await shop.Saga.SettleAsync();
        await shop.Shop.ReplicaCaughtUpAsync();
        var stand = await shop.Node.AskAsync(
            "query ($id: ID!, $key: String) { order(by: {id: $id}, accessKey: $key) { status refunded { amount } } }",
            new { id = order.Id, key = order.AccessKey }
        );
        Assert.Equal("""{"order":{"status":"REFUNDED","refunded":{"amount":"4.25"}}}""", stand.GetRawText());
    }

    [Fact]
    public async Task Staff_without_the_role_sees_and_does_nothing()
    {
        var (_, id) = await PaidAsync();
        var clerk = Askers.Staff(StaffRole.Orders);

        Assert.Equal("FORBIDDEN", await shop.Shop.ErrorAsync(clerk, List, new { first = 1 }));
        Assert.Equal(
            "FORBIDDEN",
            await shop.Shop.ErrorAsync(clerk, Refund, new { key = Guid.CreateVersion7(), id })
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_role_for_payments_opens_no_order_by_whatever_way(bool seesOrders)
    {
        var (_, id) = await PaidAsync();
        await RefundAsync(id, "0.01");
        await shop.Shop.ReplicaCaughtUpAsync();
        var asker = seesOrders
            ? Askers.Staff(StaffRole.Payments, StaffRole.Orders)
            : Askers.Staff(StaffRole.Payments);

        var data = await shop.Shop.AskAsync(
            asker,
            """
            query ($id: ID!) {
              node(id: $id) { ... on Payment { order { email } refunds { payment { order { email } } } } }
            }
            """,
            new { id }
        );

        var payment = data.GetProperty("node");
        var sees = seesOrders ? JsonValueKind.Object : JsonValueKind.Null;
        Assert.Equal(sees, payment.GetProperty("order").ValueKind);
        Assert.Equal(
            sees,
            payment.GetProperty("refunds")[0].GetProperty("payment").GetProperty("order").ValueKind
        );
    }

    [Fact]
    public async Task A_list_of_payments_takes_as_many_statements_however_long_it_is()
    {
        for (var number = 0; number < 3; number++)
        {
            await PaidAsync();
        }

        var (one, of1) = await CountedAsync(1);
        var (three, of3) = await CountedAsync(3);

        Assert.Equal((1, 3), (one.GetArrayLength(), three.GetArrayLength()));
        Assert.Equal(of1, of3);
        // Staff may look, and may not pay.
        Assert.All(
            three.EnumerateArray(),
            node => Assert.Equal(JsonValueKind.Null, node.GetProperty("nextAction").ValueKind)
        );
    }

    [Theory]
    [InlineData("""{"status": {"eq": "CAPTURED"}, "number": {"eq": "~number"}}""", true)]
    [InlineData("""{"status": {"in": ["CAPTURED", "REFUNDED"]}, "number": {"in": ["~reference"]}}""", true)]
    [InlineData("""{"channel": {"eq": "SANDBOX"}, "number": {"eq": "~number"}}""", true)]
    [InlineData("""{"channel": {"eq": "STRIPE"}, "number": {"eq": "~number"}}""", false)]
    [InlineData("""{"status": {"eq": "DECLINED"}, "number": {"eq": "~number"}}""", false)]
    [InlineData("""{"number": {"eq": "S1"}}""", false)]
    public async Task Filters_hold_all_at_once(string where, bool isFound)
    {
        var (_, id) = await PaidAsync();
        var number = $"S{GlobalId.Parse(id).Key}";
        var filled = where
            .Replace("~number", number, StringComparison.Ordinal)
            .Replace("~reference", $"SB{number}", StringComparison.Ordinal);

        var data = await shop.Shop.AskAsync(
            Askers.Staff(StaffRole.Payments),
            "query ($where: PaymentWhere) { payments(where: $where) { nodes { id } } }",
            new { where = JsonSerializer.Deserialize<JsonElement>(filled) }
        );

        Assert.Equal(
            isFound ? [id] : Array.Empty<string?>(),
            data.GetProperty("payments")
                .GetProperty("nodes")
                .EnumerateArray()
                .Select(node => node.GetProperty("id").GetString())
        );
    }

    [Fact]
    public async Task Channels_tell_how_they_do()
    {
        await PaidAsync();

        var data = await shop.Shop.AskAsync(
            Askers.Staff(StaffRole.Payments),
            "{ paymentChannels { account channel available uncertain lastBill } }"
        );

        Assert.Equal(
            """{"paymentChannels":[{"account":"sandbox","channel":"SANDBOX","available":true,"uncertain":0,"lastBill":null}]}""",
            data.GetRawText()
        );
    }

    private async Task<((string Id, string Number, string AccessKey) Order, string Payment)> PaidAsync()
    {
        var order = await shop.OrderAsync();
        var begun = await shop.BeginAsync(order);
        await shop.PressAsync(SandboxShop.PageOf(begun), "Pay");
        await shop.Saga.SettleAsync();
        await shop.Shop.ReplicaCaughtUpAsync();
        return (order, begun.GetProperty("payment").GetProperty("id").GetString()!);
    }

    private async Task<JsonElement> RefundAsync(
        string id,
        string? amount,
        Guid? key = null,
        string reason = "REQUESTED"
    ) =>
        (
            await shop.Shop.AskAsync(
                Askers.Staff(StaffRole.Payments),
                Refund,
                new
                {
                    key = key ?? Guid.CreateVersion7(),
                    id,
                    amount,
                    reason,
                }
            )
        ).GetProperty("paymentRefund");

    private async Task SendRefundsAsync()
    {
        // The sandbox takes two seconds.
        for (var round = 0; round < 3; round++)
        {
            await shop.Shop.Get<SendRefunds>().RunAsync(CancellationToken.None);
            shop.Shop.Clock.Advance(TimeSpan.FromMinutes(2));
        }
    }

    private async Task<(JsonElement Nodes, int Statements)> CountedAsync(int first)
    {
        using var count = SqlCount.Start();
        var data = await shop.Shop.AskAsync(
            Askers.Staff(StaffRole.Payments, StaffRole.Orders),
            List,
            new { first }
        );
        return (
            data.GetProperty("payments").GetProperty("nodes"),
            count.Statements.Count(sql => !sql.Contains("pg_last_wal_replay_lsn", StringComparison.Ordinal))
        );
    }

    private static string Told(JsonElement payload)
    {
        var payment = payload.GetProperty("payment");
        var refund = payment.GetProperty("refunds")[0];
        return $"{payment.GetProperty("refundable").GetProperty("amount")} {refund.GetProperty("amount").GetProperty("amount")} {refund.GetProperty("reason")}";
    }

    private static string? Code(JsonElement payload) =>
        payload.GetProperty("problems")[0].GetProperty("code").GetString();
}
