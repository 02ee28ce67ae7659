using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>Any so many units for a fixed price, the dearest ones first; units that cost less than that are left alone.</summary>
/// <param name="Units">How many each time; one or more.</param>
/// <param name="Prices">Of so many units, one for each currency.</param>
/// <param name="Of">Which units.</param>
/// <param name="Times">How often at most; null for as often as it goes.</param>
public sealed record UnitsForPrice(int Units, IReadOnlyList<Money> Prices, Items Of, int? Times)
    : PromotionAction
{
    /// <inheritdoc />
    public override PromotionStage Stage => PromotionStage.Lines;

    internal override Cuts CutsIn(Pass pass)
    {
        if (Prices.In(pass.Currency) is not { } price)
        {
            return Cuts.None(new(PromotionReason.NoAmountInCurrency));
        }

        var charges = Of.In(pass);
        var there = charges.Sum(charge => charge.Line.Quantity);
        if (there < Units)
        {
            return Cuts.None(new(PromotionReason.TooFewUnits, MissingUnits: Units - there));
        }

        var dearestFirst = UnitValue.DearestFirst(charges);
        var times = TimesWorth(price, Math.Min(there / Units, Times ?? int.MaxValue), ValueOf);
        var used = Values(dearestFirst, times * Units, pass.Rounding)
            .ToDictionary(line => line.Charge, line => line.Value);
        return Cuts.Shared(
            ValueOf(times * Units) - (price * times),
            pass,
            Of,
            charge => used.GetValueOrDefault(charge, Money.Zero(pass.Currency))
        );

        Money ValueOf(int units)
        {
            var sum = Money.Zero(pass.Currency);
            foreach (var (_, value) in Values(dearestFirst, units, pass.Rounding))
            {
                sum += value;
            }

            return sum;
        }
    }

    // Each next group of units is worth no more than the one before, so the last one that is worth its price can be halved in on.
    private int TimesWorth(Money price, int most, Func<int, Money> valueOf)
    {
        var (worth, notWorth) = (0, most + 1);
        while (notWorth - worth > 1)
        {
            var middle = worth + ((notWorth - worth) / 2);
            var group = valueOf(middle * Units) - valueOf((middle - 1) * Units);
            (worth, notWorth) = group.Minor > price.Minor ? (middle, notWorth) : (worth, middle);
        }

        return worth;
    }

    /// <summary>What the dearest units are worth, by line.</summary>
    private static IEnumerable<(GoodsCharge Charge, Money Value)> Values(
        List<GoodsCharge> dearestFirst,
        int units,
        Rounding rounding
    )
    {
        for (var at = 0; units > 0; at++)
        {
            var charge = dearestFirst[at];
            var taken = Math.Min(units, charge.Line.Quantity);
            yield return (charge, charge.ValueOf(taken, rounding));
            units -= taken;
        }
    }
}
