using System.Globalization;
using Shop.Data.Kernel;
using Shop.Data.Pricing.Promotions;

namespace Shop.Load.Plan;

/// <summary>Promotions as a shop may have many of: of each kind, some of which apply to most carts and some to few.</summary>
internal static class Deals
{
    private static readonly string[] _tags =
    [
        "heart",
        "bestseller",
        "vintage",
        "retrospot",
        "glass",
        "flower",
        "christmas",
        "bird",
        "star",
        "gold",
    ];

    /// <summary>The first so many of them.</summary>
    public static IEnumerable<Promotion> Of(int count, string currency) =>
        Enumerable.Range(0, count).Select(n => One(n, currency));

    /// <summary>So many that lower prices on pages; each of some goods.</summary>
    public static IEnumerable<Promotion> OfPages(int count) =>
        Enumerable
            .Range(0, count)
            .Select(n => new Promotion
            {
                Id = default,
                Title = string.Create(CultureInfo.InvariantCulture, $"Sale {n}"),
                Action = new ReducePrice(10_000 + (1_000 * n), Tagged(n)),
            });

    /// <summary>Half of every order off, as often as it is said: of the cheapest, too, since what takes off nothing uses nothing.</summary>
    public static Promotion Limited(int uses, bool needsCode) =>
        new()
        {
            Id = default,
            Title = string.Create(CultureInfo.InvariantCulture, $"The first {uses}"),
            NeedsCode = needsCode,
            Limits = [new(LimitPer.Total, uses)],
            Action = new OrderPercent(500_000, Items.All, Max: null),
        };

    private static Promotion One(int n, string currency)
    {
        var tagged = Tagged(n);
        return new()
        {
            Id = default,
            Title = string.Create(CultureInfo.InvariantCulture, $"Deal {n}"),
            Priority = n,
            // Of some, one applies.
            Group = n % 7 == 0 ? "lines" : null,
            IsAdvertised = n % 10 == 0,
            When =
                n % 3 == 0 ? new SubtotalIs([Of(n, 0.5m)], Items.All, Measured.SoFar)
                : n % 3 == 1 ? new UnitsAre(1 + (n % 4), tagged)
                : null,
            Action = (n % 7) switch
            {
                0 or 1 => new LinesPercent(10_000 + (1_000 * n), tagged, Max: null),
                2 => new BuyGet(tagged, 2, tagged, 1, 1_000_000, Times: null, Spread.OnGot),
                3 => new UnitsForPrice(3, [Of(1, 5m)], tagged, Times: null),
                4 => new AmountOff(PromotionStage.Lines, [Of(1, 0.1m)], AmountPer.Unit, tagged),
                5 => new OrderPercent(10_000, Items.All, Max: [Of(1, 1m)]),
                _ => new AmountOff(PromotionStage.Order, [Of(1, 0.05m)], AmountPer.Total, Items.All),
            },
        };

        Money Of(int times, decimal amount) => Money.Of(times * amount, currency);
    }

    private static Items Tagged(int n) => new() { Any = [new ItemsOf.Tags([_tags[n % _tags.Length]])] };
}
