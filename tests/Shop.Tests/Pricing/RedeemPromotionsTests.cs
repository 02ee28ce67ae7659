using Microsoft.EntityFrameworkCore;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Uses;
using Shop.Data.Storage;
using Shop.Jobs.Verification;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Pricing;

/// <summary>A promotion is used no more often than it may be, and what comes to nothing gives its use back.</summary>
public sealed class RedeemPromotionsTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly Saga _saga = new(shop);

    [Fact]
    public async Task Of_many_who_want_the_last_uses_at_once_as_many_get_one_as_there_are()
    {
        var sale = await _saga.LimitedAsync(uses: 100);
        var crowd = Enumerable.Range(0, 1000).Select(_ => Wants([new(sale, null)])).Chunk(50).ToList();

        await Parallel.ForEachAsync(
            crowd,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (batch, cancel) => await shop.Get<RedeemPromotions>().RunAsync(batch, cancel)
        );

        var answers = await AnswersAsync(crowd.SelectMany(batch => batch));
        Assert.Equal(
            [("pricing.promotions_redeemed", 100), ("pricing.promotions_refused", 900)],
            answers.GroupBy(topic => topic).Select(topic => (topic.Key, topic.Count())).Order()
        );
        Assert.Equal(100, await _saga.UsesAsync(sale));
        Assert.True((await BookAsync()).IsUsedUp(sale.Id));
        Assert.Empty(await UnevenAsync());
    }

    [Fact]
    public async Task An_order_gets_all_uses_that_it_wants_or_none()
    {
        var (plenty, rare) = (await _saga.LimitedAsync(uses: 10), await _saga.LimitedAsync(uses: 1));
        await RedeemAsync(Wants([new(rare, null)]));

        var refused = Wants([new(plenty, null), new(rare, null)]);
        await RedeemAsync(refused);

        Assert.Equal(["pricing.promotions_refused"], await AnswersAsync([refused]));
        Assert.Equal((0, 1), (await _saga.UsesAsync(plenty), await _saga.UsesAsync(rare)));
    }

    [Fact]
    public async Task A_repeated_delivery_takes_and_gives_back_nothing_more()
    {
        var sale = await _saga.LimitedAsync(uses: 10);
        var (first, second) = (Wants([new(sale, null)]), Wants([new(sale, null)]));
        var release = new Delivered<ReleaseRequested>("orders", NextId(), new(first.Body.OrderId), null);

        await RedeemAsync(first, second);
        await RedeemAsync(first, second);
        Assert.Equal(2, await _saga.UsesAsync(sale));
        await ReleaseAsync(release);
        await ReleaseAsync(release);
        await ReleaseAsync(release with { Id = NextId() });

        Assert.Equal(1, await _saga.UsesAsync(sale));
        Assert.Empty(await UnevenAsync());
    }

    [Fact]
    public async Task A_limit_that_is_lowered_below_what_is_used_is_used_up()
    {
        var sale = await _saga.LimitedAsync(uses: 10);
        await RedeemAsync(Wants([new(sale, null)]), Wants([new(sale, null)]));
        await SetLimitAsync(sale, uses: 1);

        var late = Wants([new(sale, null)]);
        await RedeemAsync(late);
        await SetLimitAsync(sale, uses: 3);
        var later = Wants([new(sale, null)]);
        await RedeemAsync(later);

        Assert.Equal(
            ["pricing.promotions_refused", "pricing.promotions_redeemed"],
            [.. await AnswersAsync([late]), .. await AnswersAsync([later])]
        );
        Assert.Equal(3, await _saga.UsesAsync(sale));
    }

    [Fact]
    public async Task A_code_is_used_as_often_as_each_may_be()
    {
        var sale = await _saga.LimitedAsync(uses: 1, LimitPer.Code);
        var (first, other, again) = (
            Wants([new(sale, "FIRST")]),
            Wants([new(sale, "OTHER")]),
            Wants([new(sale, "FIRST")])
        );

        await RedeemAsync(first, other, again);

        Assert.Equal(
            ["pricing.promotions_redeemed", "pricing.promotions_redeemed", "pricing.promotions_refused"],
            await AnswersAsync([first, other, again])
        );
    }

    [Fact]
    public async Task An_order_goes_on_to_its_stock_once_it_has_its_uses_and_gives_them_back_when_it_comes_to_nothing()
    {
        var (pot, pan) = (await _saga.StockedAsync(units: 10), await _saga.StockedAsync(units: 1));
        var sale = await _saga.LimitedAsync(uses: 3);
        var (kept, regret) = (Saga.Request((pot, 1)).Using(sale), Saga.Request((pot, 2)).Using(sale));
        var (met, regretted) = (await _saga.PlacedAsync(kept), await _saga.PlacedAsync(regret));
        var short_ = await _saga.PlacedAsync(Saga.Request((pan, 2)).Using(sale));
        var late = await _saga.PlacedAsync(Saga.Request((pot, 4)).Using(sale));
        Assert.Equal(10, await _saga.AvailableAsync(pot));

        await _saga.SettleAsync();
        Assert.Equal((7, 2), (await _saga.AvailableAsync(pot), await _saga.UsesAsync(sale)));
        await _saga.CancelAsync(regret, regretted);
        await _saga.SettleAsync();

        var refused = await _saga.OrderAsync(late);
        Assert.Equal((OrderStatus.Rejected, "pricing"), (refused.Status, refused.Events[^1].Actor));
        Assert.Equal([new RefusedUse(sale, null, PromotionReason.UsedUp)], refused.RefusedUses);
        Assert.Equal(OrderStatus.AwaitingPayment, (await _saga.OrderAsync(met)).Status);
        Assert.Equal(OrderStatus.Rejected, (await _saga.OrderAsync(short_)).Status);
        Assert.Equal((9, 1), (await _saga.AvailableAsync(pot), await _saga.UsesAsync(sale)));
        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task An_order_that_is_called_off_before_its_uses_are_taken_keeps_neither_uses_nor_stock()
    {
        var pot = await _saga.StockedAsync(units: 10);
        var sale = await _saga.LimitedAsync(uses: 3);
        var request = Saga.Request((pot, 1)).Using(sale);

        await _saga.CancelAsync(request, await _saga.PlacedAsync(request));
        await _saga.SettleAsync();

        Assert.Equal((10, 0), (await _saga.AvailableAsync(pot), await _saga.UsesAsync(sale)));
        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task An_order_that_nobody_pays_gives_its_use_back_unless_the_promotion_keeps_it()
    {
        var pot = await _saga.StockedAsync(units: 10);
        var (free, strict) = (await _saga.LimitedAsync(uses: 3), await _saga.LimitedAsync(uses: 3));
        await SqlAsync(
            $"update pricing.promotion set keeps_uses_of_cancelled = true where id = {strict.Id.Value}"
        );
        await _saga.PlacedAsync(Saga.Request((pot, 1)).Using(free));
        await _saga.PlacedAsync(Saga.Request((pot, 1)).Using(strict));
        await _saga.SettleAsync();

        shop.Clock.Advance(TimeSpan.FromDays(10));
        await shop.Get<CancelUnpaidOrders>().RunAsync(CancellationToken.None);
        await _saga.SettleAsync();

        Assert.Equal((0, 1), (await _saga.UsesAsync(free), await _saga.UsesAsync(strict)));
        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task What_the_ledger_does_not_say_is_found()
    {
        var pot = await _saga.StockedAsync(units: 10);
        var sale = await _saga.LimitedAsync(uses: 9);
        var order = await _saga.PlacedAsync(Saga.Request((pot, 1)).Using(sale));
        await _saga.SettleAsync();

        await SqlAsync($"update pricing.promotion_counter set used = 2 where promotion_id = {sale.Id.Value}");
        var uneven = await FindingsAsync();
        await SqlAsync($"update pricing.promotion_counter set used = 1 where promotion_id = {sale.Id.Value}");
        await SqlAsync($"update orders.\"order\" set uses = '[1]' where id = {order.Value}");
        var other = await FindingsAsync();
        await SqlAsync($"update orders.\"order\" set uses = '[{sale.Id.Value}]' where id = {order.Value}");

        Assert.Contains(
            uneven,
            finding => finding.Contains("the ledger says 1 uses, the counter 2", StringComparison.Ordinal)
        );
        Assert.Contains(
            other,
            finding => finding.Contains("calls for uses of 1 promotions", StringComparison.Ordinal)
        );
        Assert.Empty(await FindingsAsync());
    }

    [Theory]
    [InlineData("Ann@X.com ", "ann@x.com", true)]
    [InlineData("ann@x.com", "ann@y.com", false)]
    public void A_customer_is_the_same_however_the_email_is_typed(string one, string other, bool isSame)
    {
        Assert.Equal(isSame, Buyers.Of(null, one).SequenceEqual(Buyers.Of(null, other)));
        Assert.DoesNotContain("ann", Assert.Single(Buyers.Of(null, one)), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, Buyers.Of(new CustomerId(7), "ann@x.com", "ann@y.com").Count);
    }

    private static Delivered<RedeemRequested> Wants(IReadOnlyList<WantedUse> uses) =>
        new("orders", NextId(), new(new(NextId()), uses, ["e:somebody"]), TraceParent: null);

    // Far from the messages that Orders sends here, whose ids are small.
    private static long _last = 1_000_000_000;

    private static long NextId() => Interlocked.Increment(ref _last);

    private Task RedeemAsync(params IReadOnlyList<Delivered<RedeemRequested>> requests) =>
        shop.Get<RedeemPromotions>().RunAsync(requests, CancellationToken.None);

    private Task ReleaseAsync(params IReadOnlyList<Delivered<ReleaseRequested>> requests) =>
        shop.Get<ReleasePromotions>().RunAsync(requests, CancellationToken.None);

    private Task<PromotionBook> BookAsync() =>
        shop.Get<RunningPromotions>().ReadAsync(CancellationToken.None);

    private Task<int> SetLimitAsync(PromotionInfo sale, int uses) =>
        SqlAsync(
            $$"""update pricing.promotion set limits = '[{"per": "Total", "uses": {{uses}}}]' where id = {{sale.Id.Value}}"""
        );

    /// <summary>What each order was answered, in the order given.</summary>
    private async Task<IReadOnlyList<string>> AnswersAsync(IEnumerable<Delivered<RedeemRequested>> requests)
    {
        var keys = requests.Select(request => request.Body.OrderId.Value).ToArray();
        return await shop.Get<Database<PricingDb>>()
            .Primary.ListAsync(
                $"""
                select topic from pricing.local_message
                where key = any({Sql.Value(keys)}) order by array_position({Sql.Value(keys)}, key)
                """,
                row => row.GetString(0),
                CancellationToken.None
            );
    }

    private async Task<IReadOnlyList<CounterDifference>> UnevenAsync() =>
        await shop.Get<UseConsistency>().DifferencesAsync(CancellationToken.None).ToListAsync();

    private async Task<IReadOnlyList<string>> FindingsAsync() =>
        await shop.Get<VerifyUses>()
            .FindingsAsync(CancellationToken.None)
            .Where(finding => !finding.Contains("not promised", StringComparison.Ordinal))
            .ToListAsync();

    private Task<int> SqlAsync(string sql) =>
        shop.Get<Database<PricingDb>>().Primary.ExecuteAsync(Sql.Raw(sql), CancellationToken.None);
}
