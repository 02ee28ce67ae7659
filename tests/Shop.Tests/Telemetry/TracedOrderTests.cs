using Npgsql;
using Shop.Data.Kernel;
using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Fixtures;
using Shop.Tests.Outside;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Telemetry;

/// <summary>What leaves a shop of an order, as a receiver of OTLP gets it and those outside.</summary>
public sealed class TracedOrderTests
{
    // What is read depends on what is kept; a copy follows by itself; and a server is asked for its role once a second.
    private static readonly string[] _passedOver = [" search.", "SHOW"];

    private const string Expected = """
        shop-web POST /graphql
          shop-web mutation OrderPlaceMutation
            shop-jobs process inventory.deduct
              shop-jobs INSERT inventory.inbox, SELECT inventory.stock
              shop-jobs PUBLISH
              shop-jobs UPDATE inventory.stock, NOTIFY
              shop-jobs process inventory.stock_moved
            shop-jobs process inventory.stock_deducted
              shop-jobs INSERT orders.inbox, SELECT orders.order
              shop-jobs PUBLISH
              shop-jobs UPDATE orders.order
            shop-web EVAL Read
            shop-web EVAL RemoveOrdered
            shop-web commit orders
              shop-web INSERT orders.order, NOTIFY, SELECT
            shop-web push orderStatusChanged
        """;

    [Fact]
    public async Task An_order_is_one_trace_from_the_click_over_two_processes_to_the_push_and_to_those_outside()
    {
        using var receiver = new OtlpReceiver();
        await using var sold = new SoldShop(
            jobsApart: true,
            ("Telemetry__Otlp", receiver.Address),
            ("Telemetry__Ratio", "1")
        );
        await sold.InitializeAsync();
        using var client = await SocketClient.OpenAsync(new Uri(sold.Web.Client.BaseAddress!, "/graphql"));
        string order;
        await using (var held = await HoldStockAsync(sold.Shop))
        {
            (order, var accessKey) = await sold.PlaceAsync();
            await client.SubscribeAsync(
                "1",
                $$"""subscription { orderStatusChanged(orderId: "{{order}}", accessKey: "{{accessKey}}") { to } }"""
            );
            // Read from the store: nobody knows what caused it.
            Assert.Contains("\"PENDING\"", await client.HearAsync(), StringComparison.Ordinal);
        }

        Assert.Contains("\"AWAITING_PAYMENT\"", await client.HearAsync(), StringComparison.Ordinal);

        // What others hear of it is a part of it.
        var number = GlobalId.Parse(order).To<OrderId>().Value;
        var heard = await Heard.ReadAsync(
            sold.Outside.Address,
            SoldShop.Topic,
            [Heard.IdOf(number, 1), Heard.IdOf(number, 2)]
        );
        var trace = Assert.Single(heard.Select(one => one.Headers["traceparent"].Split('-')[1]).Distinct());

        // Both processes send what they have each few seconds.
        var tree = "";
        await Eventually.TrueAsync(() => (tree = TreeOf(receiver.Spans, trace)).Length >= Expected.Length);
        Assert.Equal(Expected, tree);

        // Spans come in their order: after that of another request, one of the connection would be there.
        var requests = Requests();
        await client.CloseAsync();
        await sold.Web.AskAsync("{ __typename }");
        await Eventually.TrueAsync(() => Requests() > requests);
        // What a client says its request is part of is a stranger's word; and no connection is a span.
        Assert.DoesNotContain(
            receiver.Spans,
            span =>
                SoldShop.Click.Contains(span.Trace, StringComparison.Ordinal)
                || span.Name.StartsWith("GET /graphql", StringComparison.Ordinal)
        );

        int Requests() => receiver.Spans.Count(span => span.Name == "POST /graphql");
    }

    private static async Task<NpgsqlConnection> HoldStockAsync(ShopFixture shop)
    {
        var connection = await shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await connection.ExecuteAsync($"begin", default);
        await connection.ExecuteAsync($"lock table inventory.stock in share mode", default);
        return connection;
    }

    private static string TreeOf(IReadOnlyList<OtlpSpan> all, string trace)
    {
        var spans = all.Where(span =>
                span.Trace == trace
                && !span.Name.StartsWith("SELECT ", StringComparison.Ordinal)
                && !_passedOver.Any(word => span.Name.Contains(word, StringComparison.Ordinal))
            )
            .ToLookup(span => span.Parent);
        return string.Join('\n', Lines([""], ""));

        // Those of one name below one parent are one line.
        IEnumerable<string> Lines(IEnumerable<string> parents, string indent) =>
            parents
                .SelectMany(parent => spans[parent])
                .GroupBy(span => $"{indent}{span.Service} {span.Name}")
                .OrderBy(same => same.Key, StringComparer.Ordinal)
                .SelectMany(same => Lines(same.Select(span => span.Id), $"{indent}  ").Prepend(same.Key));
    }
}
