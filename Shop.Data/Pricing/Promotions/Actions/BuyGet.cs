using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>
/// So many units bought, so many others cheaper or free, solved and not tried: with B units that can be bought, G that can be
/// got and U in either, it applies min(⌊G/g⌋, ⌊B/b⌋, ⌊U/(b+g)⌋, times) times.
/// </summary>
/// <param name="Buy">What has to be bought.</param>
/// <param name="BuyUnits">How many units each time; one or more.</param>
/// <param name="Get">What is reduced.</param>
/// <param name="GetUnits">How many units each time; one or more.</param>
/// <param name="PerMillion">Off the units that are got, in parts per million: 1,000,000 makes them free.</param>
/// <param name="Times">How often at most; null for as often as it goes.</param>
/// <param name="Spread">Which lines carry what is taken off.</param>
public sealed record BuyGet(
    Items Buy,
    int BuyUnits,
    Items Get,
    int GetUnits,
    long PerMillion,
    int? Times,
    Spread Spread
) : PromotionAction
{
    /// <inheritdoc />
    public override PromotionStage Stage => PromotionStage.Lines;

    internal override Cuts CutsIn(Pass pass)
    {
        var (buy, get, either) = (0, 0, 0);
        foreach (var charge in pass.Goods)
        {
            var (isBought, isGot) = (Buy.Reduces(charge), Get.Reduces(charge));
            buy += isBought ? UnitsOf(charge) : 0;
            get += isGot ? UnitsOf(charge) : 0;
            either += isBought || isGot ? UnitsOf(charge) : 0;
        }

        var times = Math.Min(Math.Min(get / GetUnits, buy / BuyUnits), either / (BuyUnits + GetUnits));
        if (times == 0)
        {
            var missing = Math.Max(Math.Max(GetUnits - get, BuyUnits - buy), BuyUnits + GetUnits - either);
            return Cuts.None(new(PromotionReason.TooFewUnits, MissingUnits: missing));
        }

        times = Math.Min(times, Times ?? times);
        var cheapestFirst = UnitValue.CheapestFirst(pass.Goods);
        var got = Take(
            cheapestFirst.Where(Get.Reduces),
            times * GetUnits,
            UnitsOf,
            // Of the units that can be bought, enough have to stay for the buying.
            spare: buy - (times * BuyUnits)
        );
        if (Spread == Spread.OnGot)
        {
            return Cuts.Of(pass, Get, OffOf);
        }

        var bought = Take(
            cheapestFirst.AsEnumerable().Reverse().Where(Buy.Reduces),
            times * BuyUnits,
            charge => UnitsOf(charge) - got.GetValueOrDefault(charge),
            spare: times * BuyUnits
        );
        return Cuts.Shared(
            pass.Goods.Select(OffOf).Sum(pass.Currency),
            pass,
            Items.All,
            charge =>
                charge.ValueOf(
                    bought.GetValueOrDefault(charge) + got.GetValueOrDefault(charge),
                    pass.Rounding
                )
        );

        Money OffOf(GoodsCharge charge) =>
            charge
                .ValueOf(got.GetValueOrDefault(charge), pass.Rounding)
                .PerMillion(PerMillion, pass.Rounding);
    }

    private static int UnitsOf(GoodsCharge charge) => charge.Line.Quantity;

    /// <summary>Takes units of lines in their order; of those that can be bought, no more than there are to spare.</summary>
    private Dictionary<GoodsCharge, int> Take(
        IEnumerable<GoodsCharge> charges,
        int units,
        Func<GoodsCharge, int> there,
        int spare
    )
    {
        var taken = new Dictionary<GoodsCharge, int>();
        foreach (var charge in charges)
        {
            var isSpared = Buy.Reduces(charge);
            var take = Math.Min(Math.Min(units, there(charge)), isSpared ? spare : units);
            if (take > 0)
            {
                taken[charge] = take;
                units -= take;
                spare -= isSpared ? take : 0;
            }
        }

        return taken;
    }
}

/// <summary>Which lines carry what a promotion takes off.</summary>
public enum Spread
{
    /// <summary>Those of the units that are got.</summary>
    OnGot,

    /// <summary>Those of the units that are bought as well, by value; a return then gives back less for what was got.</summary>
    OverAll,
}
