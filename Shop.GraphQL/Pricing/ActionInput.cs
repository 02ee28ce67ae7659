using Shop.Data.Pricing.Promotions;

namespace Shop.GraphQL.Pricing;

/// <summary>What a promotion takes off; exactly one of them.</summary>
[OneOf]
internal sealed record ActionInput
{
    /// <summary>
    /// A percentage off what product pages show, rounded for one unit; of several such promotions the best one. It cannot depend on a
    /// cart, its destination or a code.
    /// </summary>
    public ReduceInput? ReducePrice { get; init; }

    /// <summary>A percentage off lines, each by itself.</summary>
    public PercentInput? LinesPercent { get; init; }

    /// <summary>An amount off lines.</summary>
    public AmountInput? LinesAmount { get; init; }

    /// <summary>A fixed price for each unit that costs more.</summary>
    public PriceInput? LinesPrice { get; init; }

    /// <summary>So many units bought, so many others cheaper or free.</summary>
    public BuyGetInput? BuyGet { get; init; }

    /// <summary>Any so many units for a fixed price.</summary>
    public UnitsForPriceInput? UnitsForPrice { get; init; }

    /// <summary>A percentage off all goods together.</summary>
    public PercentInput? OrderPercent { get; init; }

    /// <summary>An amount off all goods together.</summary>
    public AmountInput? OrderAmount { get; init; }

    /// <summary>A percentage off what shipping costs; 100 for free shipping.</summary>
    public ShippingPercentInput? ShippingPercent { get; init; }

    /// <summary>A fixed price for shipping that costs more.</summary>
    public ShippingPriceInput? ShippingPrice { get; init; }

    internal PromotionAction ToAction() =>
        this switch
        {
            { ReducePrice: { } to } => new ReducePrice(Percents.PerMillion(to.Percent), Items(to.Of)),
            { LinesPercent: { } to } => new LinesPercent(to.PerMillion, Items(to.Of), to.Max),
            { LinesAmount: { } to } => to.ToAction(PromotionStage.Lines),
            { LinesPrice: { } to } => new LinesPrice(to.Prices, Items(to.Of)),
            { BuyGet: { } to } => to.ToAction(),
            { UnitsForPrice: { } to } => new UnitsForPrice(to.Units, to.Prices, Items(to.Of), to.Times),
            { OrderPercent: { } to } => new OrderPercent(to.PerMillion, Items(to.Of), to.Max),
            { OrderAmount: { } to } => to.ToAction(PromotionStage.Order),
            { ShippingPercent: { } to } => new ShippingPercent(to.PerMillion, to.Max),
            { ShippingPrice: { } to } => new ShippingPrice(to.Prices),
            _ => throw new InvalidOperationException("An action names one of its fields."),
        };

    internal static ActionInput Of(PromotionAction action) =>
        action switch
        {
            ReducePrice of => new() { ReducePrice = new(Percents.Of(of.PerMillion), ItemsInput.Of(of.Of)) },
            LinesPercent of => new() { LinesPercent = PercentInput.From(of.PerMillion, of.Of, of.Max) },
            AmountOff { Stage: PromotionStage.Lines } of => new() { LinesAmount = AmountInput.From(of) },
            LinesPrice of => new() { LinesPrice = new(of.Prices, ItemsInput.Of(of.Of)) },
            BuyGet of => new() { BuyGet = BuyGetInput.Of(of) },
            UnitsForPrice of => new()
            {
                UnitsForPrice = new(of.Units, of.Prices, ItemsInput.Of(of.Of), of.Times),
            },
            OrderPercent of => new() { OrderPercent = PercentInput.From(of.PerMillion, of.Of, of.Max) },
            ShippingPercent of => new() { ShippingPercent = ShippingPercentInput.From(of) },
            ShippingPrice of => new() { ShippingPrice = new(of.Prices) },
            AmountOff of => new() { OrderAmount = AmountInput.From(of) },
            _ => throw new InvalidOperationException($"{action} is none that staff can save."),
        };

    private static Items Items(ItemsInput? of) => ItemsInput.Items(of);
}

/// <summary>A percentage off what product pages show.</summary>
/// <param name="Percent">More than 0 and at most 100, with four decimals at most.</param>
/// <param name="Of">Of which goods; of all where it is left out.</param>
internal sealed record ReduceInput(decimal Percent, ItemsInput? Of);

/// <summary>A percentage off.</summary>
/// <param name="Percent">More than 0 and at most 100, with four decimals at most.</param>
/// <param name="Of">Off which goods; all of them where it is left out.</param>
/// <param name="Max">What it takes off at most in all, one for each currency; no bound where it is left out.</param>
internal sealed record PercentInput(
    decimal Percent,
    ItemsInput? Of,
    [property: MaxItems(20), ListSize(1)] IReadOnlyList<Money>? Max
)
{
    internal long PerMillion => Percents.PerMillion(Percent);

    internal static PercentInput From(long perMillion, Items items, IReadOnlyList<Money>? max) =>
        new(Percents.Of(perMillion), ItemsInput.Of(items), max);
}

/// <summary>An amount off.</summary>
/// <param name="Amounts">One for each currency in which it applies; none is converted. At most 20.</param>
/// <param name="Per">Off each unit, or off all together, which it is where it is left out.</param>
/// <param name="Of">Off which goods; all of them where it is left out.</param>
internal sealed record AmountInput(
    [property: MaxItems(20), ListSize(1)] IReadOnlyList<Money> Amounts,
    AmountPer? Per,
    ItemsInput? Of
)
{
    internal AmountOff ToAction(PromotionStage stage) =>
        new(stage, Amounts, Per ?? AmountPer.Total, ItemsInput.Items(Of));

    internal static AmountInput From(AmountOff action) =>
        new(action.Amounts, action.Per, ItemsInput.Of(action.Of));
}

/// <summary>A fixed price.</summary>
/// <param name="Prices">Of one unit, one for each currency; at most 20.</param>
/// <param name="Of">For which goods; all of them where it is left out.</param>
internal sealed record PriceInput(
    [property: MaxItems(20), ListSize(1)] IReadOnlyList<Money> Prices,
    ItemsInput? Of
);

/// <summary>So many units bought, so many others cheaper or free: the cheapest ones.</summary>
/// <param name="Buy">What has to be bought.</param>
/// <param name="BuyUnits">How many units each time; one or more.</param>
/// <param name="Get">What is reduced.</param>
/// <param name="GetUnits">How many units each time; one or more.</param>
/// <param name="Percent">Off the units that are got: more than 0 and at most 100, which makes them free and is so where it is left out.</param>
/// <param name="Times">How often at most; as often as it goes where it is left out.</param>
/// <param name="Spread">Which lines carry what is taken off; those that are got where it is left out.</param>
internal sealed record BuyGetInput(
    ItemsInput Buy,
    int BuyUnits,
    ItemsInput Get,
    int GetUnits,
    decimal? Percent,
    int? Times,
    Spread? Spread
)
{
    internal BuyGet ToAction() =>
        new(
            ItemsInput.Items(Buy),
            BuyUnits,
            ItemsInput.Items(Get),
            GetUnits,
            Percents.PerMillion(Percent ?? 100),
            Times,
            Spread ?? Shop.Data.Pricing.Promotions.Spread.OnGot
        );

    internal static BuyGetInput Of(BuyGet action) =>
        new(
            ItemsInput.Of(action.Buy),
            action.BuyUnits,
            ItemsInput.Of(action.Get),
            action.GetUnits,
            Percents.Of(action.PerMillion),
            action.Times,
            action.Spread
        );
}

/// <summary>Any so many units for a fixed price, the dearest ones first; units that cost less are left alone.</summary>
/// <param name="Units">How many each time; one or more.</param>
/// <param name="Prices">Of so many units, one for each currency; at most 20.</param>
/// <param name="Of">Which units; all of them where it is left out.</param>
/// <param name="Times">How often at most; as often as it goes where it is left out.</param>
internal sealed record UnitsForPriceInput(
    int Units,
    [property: MaxItems(20), ListSize(1)] IReadOnlyList<Money> Prices,
    ItemsInput? Of,
    int? Times
);

/// <summary>Percentages as people write them, and in parts per million.</summary>
internal static class Percents
{
    private const int OfPercent = 10_000;

    /// <summary>Zero, which no promotion takes off, where it is none or has too many decimals.</summary>
    public static long PerMillion(decimal percent) =>
        percent is > 0 and <= 100 && decimal.IsInteger(percent * OfPercent) ? (long)(percent * OfPercent) : 0;

    public static decimal Of(long perMillion) => (decimal)perMillion / OfPercent;
}
