using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Kernel;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using static Shop.Tests.Pricing.Till;

namespace Shop.Tests.Pricing;

/// <summary>What product pages show while promotions lower prices there. It is nine in the morning in London, and five in the afternoon in Shanghai.</summary>
public sealed class PagePricesTests : IAsyncLifetime
{
    // What was saved is told of a second time, over Redis, at any moment, and whoever hears it reads it again. Not here.
    private readonly ShopFixture _shop = new(
        services => services.Remove(services.Single(one => one.ImplementationType == typeof(HearPromotions))),
        ("Channel:TimeZone", "Asia/Shanghai")
    );

    public ValueTask InitializeAsync() => _shop.InitializeAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Each_price_is_lowered_by_the_best_promotion_that_runs_by_the_clocks_of_the_shop()
    {
        await SaveAsync(ReducePrice(10));
        await SaveAsync(ReducePrice(30, Tagged("tea")));
        await SaveAsync(ReducePrice(50, Tagged("tea")), At(16, 17));
        await SaveAsync(ReducePrice(20, Tagged("cake")), At(17, 18));
        await SaveAsync(LinesPercent(90));

        Assert.Equal(
            [Of(700), Of(90), new(1600, "EUR"), Of(1800), Of(7)],
            await _shop
                .Get<CurrentQuotes>()
                .ShownAsync(
                    [
                        Line(3, 1000, 5, "tea"),
                        Line(1, 100),
                        Line(2, 2000, 1, "cake") with
                        {
                            UnitPrice = new(2000, "EUR"),
                        },
                        // Of more of them, one costs less.
                        Line(1, 2000),
                        Line(3, 10, 1, "tea"),
                    ],
                    Buyer.Guest,
                    CancellationToken.None
                )
        );
    }

    [Fact]
    public async Task Of_goods_is_asked_once_as_long_as_the_same_promotions_are_in_force()
    {
        await SaveAsync(ReducePrice(10, Tagged("tea")));
        await SaveAsync(
            ReducePrice(40),
            new CustomerIs(SignedIn: null, new() { "trade" }, IsFirstOrder: null)
        );
        var (tag, asked) = ("tea", new List<ListedPrice>());
        ListedPrice tin = new(new(1), Of(1000));
        var dearer = tin with { UnitPrice = Of(2000) };

        Assert.Equal([Of(900), Of(900)], await ShownAsync(Buyer.Guest, tin, tin));
        Assert.Equal([Of(900)], await ShownAsync(Buyer.Guest, tin));
        Assert.Equal([Of(1800), Of(900)], await ShownAsync(Buyer.Guest, dearer, tin));
        Assert.Equal([Of(600)], await ShownAsync(Buyer.Guest with { Groups = ["trade"] }, tin));
        Assert.Equal([tin, dearer, tin], asked);
        tag = "cake";
        Assert.Equal([Of(900)], await ShownAsync(Buyer.Guest, tin));
        _shop.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([Of(1000)], await ShownAsync(Buyer.Guest, tin));

        Task<IReadOnlyList<Money>> ShownAsync(Buyer buyer, params ListedPrice[] listed) =>
            _shop.Get<CurrentQuotes>().ShownAsync(listed, Read, buyer, CancellationToken.None);

        Task<IReadOnlyList<QuoteLine>> Read(IReadOnlyList<ListedPrice> unknown)
        {
            asked.AddRange(unknown);
            return Task.FromResult<IReadOnlyList<QuoteLine>>([
                .. unknown.Select(one => Line(1, one.UnitPrice.Minor, 1, tag)),
            ]);
        }
    }

    [Fact]
    public async Task Who_changes_goods_sees_at_once_what_they_cost_then()
    {
        await SaveAsync(ReducePrice(50, Tagged("tea")));
        var mug = Shelving.Mug();
        var made = await _shop.SavedAsync(mug);
        Assert.Equal("4.50", Price(await PageAsync()));

        var changed = await _shop.SavedAsync(mug.Again(made) with { Tags = ["tea"] });

        Assert.Equal("2.25", Price(changed));
        // Others see it when promotions are read the next time.
        Assert.Equal("4.50", Price(await PageAsync()));
        _shop.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("2.25", Price(await PageAsync()));

        async Task<JsonElement> PageAsync() =>
            (
                await _shop.AskJsonAsync(
                    "query($id: ID!) { product(by: {id: $id}) { variants(first: 1) { nodes { price { amount } } } } }",
                    new { id = made.Id() }
                )
            ).GetProperty("product");
    }

    private static string? Price(JsonElement product) =>
        product
            .GetProperty("variants")
            .GetProperty("nodes")[0]
            .GetProperty("price")
            .GetProperty("amount")
            .GetString();

    private static HoursAre At(int from, int until) =>
        new([.. Enum.GetValues<DayOfWeek>()], new(from, 0), new(until, 0));

    private async Task SaveAsync(PromotionAction action, Condition? when = null) =>
        Assert.IsType<SavePromotionResult.Saved>(
            await _shop
                .Get<SavePromotion>()
                .RunAsync(
                    new(
                        Guid.CreateVersion7(),
                        Id: null,
                        IfVersion: null,
                        Promotion(0, action) with
                        {
                            When = when,
                        },
                        Actor: new(7)
                    ),
                    CancellationToken.None
                )
        );
}
