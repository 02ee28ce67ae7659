using Shop.Data.Orders;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>Two nodes behind a load balancer, and a client that sends the same twice because no answer came at once.</summary>
public sealed class SameKeyTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    private const int Rounds = 10;
    private const int Connections = 4;

    private readonly Saga _saga = new(shop);
    private ShopNode[] _nodes = [];

    [Fact]
    public async Task The_same_key_on_many_connections_of_two_nodes_gives_one_order_and_one_answer()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var (key, cart) = (Guid.CreateVersion7(), await TeaPots.CartAsync(_nodes[0]));

            var answers = await EverywhereAsync((node, _) => TeaPots.PlaceAsync(node, key, cart));

            Assert.Single(answers.Select(answer => answer.Order).Distinct());
            Assert.NotNull(answers[0].Order);
            Assert.Single(answers, answer => !answer.IsReplayed);
            Assert.Equal(round, await OrdersAsync());
        }
    }

    [Fact]
    public async Task The_same_key_with_another_input_at_the_same_moment_is_a_conflict_for_all_but_one()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var (key, cart) = (Guid.CreateVersion7(), await TeaPots.CartAsync(_nodes[0]));

            var answers = await EverywhereAsync(
                (node, n) => TeaPots.PlaceAsync(node, key, cart, $"shopper-{n}@example.org")
            );

            Assert.Single(answers, answer => answer is { Order: not null, IsReplayed: false });
            Assert.Equal(
                answers.Count - 1,
                answers.Count(answer => answer.Refusal == ("IDEMPOTENCY_CONFLICT", "idempotencyKey"))
            );
            Assert.Equal(round, await OrdersAsync());
        }
    }

    [Fact]
    public async Task A_cart_that_is_ordered_at_the_same_moment_with_many_keys_makes_one_order()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var cart = await TeaPots.CartAsync(_nodes[0]);

            var answers = await EverywhereAsync(
                (node, n) => TeaPots.PlaceAsync(node, Guid.CreateVersion7(), cart, $"shopper-{n}@example.org")
            );

            Assert.Single(answers, answer => answer.Order is not null);
            // Whoever read the cart before it was emptied is told what became of it, the others that it is empty.
            Assert.All(
                answers.Where(answer => answer.Order is null),
                answer =>
                    Assert.Contains(
                        answer.Refusal,
                        new (string, string?)?[]
                        {
                            ("IDEMPOTENCY_CONFLICT", "cartId"),
                            ("NOTHING_SELECTED", "cartId"),
                        }
                    )
            );
            Assert.Equal(round, await OrdersAsync());
        }
    }

    [Fact]
    public async Task When_the_intake_is_full_a_shopper_is_told_at_once_when_to_come_again()
    {
        await using var small = await ShopNode.StartAsync(
            shop,
            ("Orders:IntakeCapacity", "1"),
            ("Orders:IntakeWriters", "1"),
            ("Orders:IntakeBatch", "1")
        );
        var carts = new List<string>();
        for (var count = 0; count < 3; count++)
        {
            carts.Add(await TeaPots.CartAsync(small));
        }

        await using var connection = await shop.Get<Database<OrdersDb>>().Primary.OpenConnectionAsync();
        await using var slow = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            $"lock table orders.idempotency_key in exclusive mode",
            CancellationToken.None
        );
        var placing = carts.ConvertAll(cart => TeaPots.PlaceAsync(small, Guid.CreateVersion7(), cart));

        // One is with the writer, who cannot go on; one waits; there is no place for a third.
        var refused = await await Task.WhenAny(placing);

        Assert.Equal("THROTTLED", refused.Refusal?.Code);
        Assert.True(refused.Problem.GetProperty("pollAfter").GetDateTimeOffset() > DateTimeOffset.UnixEpoch);
        await slow.CommitAsync();
        var accepted = (await Task.WhenAll(placing)).Count(answer => answer.Order is not null);
        Assert.InRange(accepted, 1, 2);
        Assert.Equal(accepted, await OrdersAsync());
    }

    public async ValueTask InitializeAsync()
    {
        await TeaPots.StockAsync(shop, units: 100);
        await using var forget = shop.Get<Database<OrdersDb>>()
            .Primary.CreateCommand("truncate orders.\"order\", orders.order_line, orders.order_event");
        await forget.ExecuteNonQueryAsync();
        _nodes = [await ShopNode.StartAsync(shop), await ShopNode.StartAsync(shop)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private Task<long> OrdersAsync() => _saga.CountAsync("orders.\"order\"");

    private async Task<IReadOnlyList<TeaPots.Answer>> EverywhereAsync(
        Func<ShopNode, int, Task<TeaPots.Answer>> place
    ) =>
        await Task.WhenAll(
            Enumerable.Range(0, _nodes.Length * Connections).Select(n => place(_nodes[n % _nodes.Length], n))
        );
}
