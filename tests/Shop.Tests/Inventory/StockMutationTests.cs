using Shop.Data.Inventory;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Inventory;

/// <summary>Staff counts stock, beside orders that take it.</summary>
public sealed class StockMutationTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task A_level_is_set_and_adjusted_and_the_ledger_adds_up()
    {
        var (id, sku) = await shop.StockedAsync(units: 0);

        var set = await shop.SetAsync(sku, 7, changeFrom: 0);
        var more = await shop.AdjustAsync(sku, 5, "Came in");
        var less = await shop.AdjustAsync(sku, -12);

        Assert.Equal([7, 12, 0], new[] { set, more, less }.Select(answer => answer.Available()));
        Assert.Equal([7, 5, -12], await new Saga(shop).MovementsAsync(id));
        Assert.Equal(0, await shop.DifferencesAsync());
    }

    [Fact]
    public async Task A_level_that_is_the_same_moves_nothing()
    {
        var (id, sku) = await shop.StockedAsync(units: 7);

        var again = await shop.SetAsync(sku, 7);

        Assert.Empty(again.Problems);
        Assert.Equal([7], await new Saga(shop).MovementsAsync(id));
    }

    [Fact]
    public async Task What_is_not_on_sale_yet_can_be_counted()
    {
        var (_, sku) = await shop.StockedAsync(units: 3, status: "DRAFT");

        Assert.Equal(4, (await shop.AdjustAsync(sku, 1)).Available());
    }

    [Fact]
    public async Task A_level_that_has_moved_since_is_not_set_and_the_answer_says_what_it_is()
    {
        var (id, sku) = await shop.StockedAsync(units: 7);

        var answer = await shop.SetAsync(sku, 20, changeFrom: 8);

        Assert.Equal(["VERSION_CONFLICT at changeFrom"], answer.Problems);
        Assert.Equal(7, answer.Problem.GetProperty("current").GetInt32());
        Assert.Equal(sku, answer.Problem.GetProperty("variant").GetProperty("sku").GetString());
        Assert.Equal(7, await new Saga(shop).AvailableAsync(id));
    }

    [Fact]
    public async Task No_more_is_taken_away_than_there_is_and_no_more_put_in_than_anybody_can_count()
    {
        var (id, sku) = await shop.StockedAsync(units: 7);

        var less = await shop.AdjustAsync(sku, -8);
        var more = await shop.AdjustAsync(sku, StockChange.MaxUnits);

        Assert.Equal(["INSUFFICIENT_STOCK at by"], less.Problems);
        Assert.Equal(8, less.Problem.GetProperty("requested").GetInt32());
        Assert.Equal(7, less.Problem.GetProperty("available").GetInt32());
        Assert.Equal(["INVALID_INPUT at by"], more.Problems);
        Assert.Equal([7], await new Saga(shop).MovementsAsync(id));
    }

    [Fact]
    public async Task A_reason_a_number_and_a_sku_have_to_be_given()
    {
        var answer = await shop.AdjustAsync("NO-SUCH-SKU", 0, " ");
        var absent = await shop.AdjustAsync("NO-SUCH-SKU", 1);
        var set = await shop.SetAsync("NO-SUCH-SKU", 1);

        Assert.Equal(["INVALID_INPUT at reason", "INVALID_INPUT at by"], answer.Problems);
        Assert.Equal(["NOT_FOUND at variant"], absent.Problems);
        Assert.Equal(["NOT_FOUND at variant"], set.Problems);
    }

    [Fact]
    public async Task A_key_counts_once_and_means_one_thing()
    {
        var (id, sku) = await shop.StockedAsync(units: 7);
        var (key, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var first = await shop.AdjustAsync(sku, -2, key: key);
        var second = await shop.AdjustAsync(sku, -2, key: key);
        var conflict = await shop.AdjustAsync(sku, -3, key: key);
        await shop.SetAsync(sku, 9, key: other);
        await shop.SetAsync(sku, 1);
        var late = await shop.SetAsync(sku, 9, key: other);

        Assert.False(first.IsReplayed);
        Assert.True(second.IsReplayed);
        Assert.Equal(5, second.Available());
        Assert.Equal(["IDEMPOTENCY_CONFLICT at idempotencyKey"], conflict.Problems);
        Assert.True(late.IsReplayed);
        Assert.Equal([7, -2, 4, -8], await new Saga(shop).MovementsAsync(id));
    }

    [Fact]
    public async Task A_refusal_does_not_use_up_its_key()
    {
        var (_, sku) = await shop.StockedAsync(units: 1);
        var key = Guid.CreateVersion7();

        await shop.AdjustAsync(sku, -2, key: key);
        await shop.AdjustAsync(sku, 1);
        var again = await shop.AdjustAsync(sku, -2, key: key);

        Assert.Empty(again.Problems);
        Assert.False(again.IsReplayed);
        Assert.Equal(0, again.Available());
    }

    [Fact]
    public async Task Of_many_who_change_from_one_number_one_does()
    {
        var (_, sku) = await shop.StockedAsync(units: 7);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(index => shop.SetAsync(sku, 100 + index, changeFrom: 7))
        );

        Assert.Single(answers, answer => !answer.Problems.Any());
        Assert.Equal(
            7,
            answers.Count(answer => answer.Problems.SequenceEqual(["VERSION_CONFLICT at changeFrom"]))
        );
    }

    [Fact]
    public async Task Orders_and_staff_at_once_lose_nothing()
    {
        var (id, sku) = await shop.StockedAsync(units: 40);
        var deduct = shop.Get<DeductStock>();
        var orders = Enumerable
            .Range(0, 20)
            .Select(number => new Delivered<Data.Inventory.Messages.DeductionRequested>(
                "test",
                1000 + number,
                new(shop.Get<NewId>().Next<OrderId>(), [new(id, 1)]),
                TraceParent: null
            ))
            .ToList();

        await Task.WhenAll([
            .. orders.Select(order => deduct.RunAsync([order], CancellationToken.None)),
            .. Enumerable.Range(0, 10).Select(_ => shop.AdjustAsync(sku, -1)),
        ]);

        Assert.Equal(10, await new Saga(shop).AvailableAsync(id));
        Assert.Equal(0, await shop.DifferencesAsync());
    }

    [Theory]
    [InlineData(null, "UNAUTHENTICATED")]
    [InlineData(StaffRole.Catalog, "FORBIDDEN")]
    [InlineData(StaffRole.Orders, "FORBIDDEN")]
    public async Task Only_who_keeps_the_stock_may(StaffRole? role, string code)
    {
        var user = role is { } known ? Askers.Staff(known) : Askers.Guest;
        const string Key = "idempotencyKey: \"0199c2a4-7f3e-7b8a-9c11-2f60d3b1a5e7\", variant: {sku: \"x\"}";

        foreach (
            var document in new[]
            {
                $"mutation {{ stockSet(input: {{{Key}, available: 1}}) {{ replayed }} }}",
                $"mutation {{ stockAdjust(input: {{{Key}, by: 1, reason: \"x\"}}) {{ replayed }} }}",
                "{ productVariant(by: {sku: \"x\"}) { stock { available } } }",
            }
        )
        {
            Assert.Equal(code, await shop.ErrorAsync(user, document));
        }
    }
}
