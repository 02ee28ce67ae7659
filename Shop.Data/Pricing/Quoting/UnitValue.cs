namespace Shop.Data.Pricing.Quoting;

/// <summary>Puts lines in order by what is left of one of their units, without rounding it.</summary>
internal static class UnitValue
{
    private static readonly Comparer<GoodsCharge> _byValue = Comparer<GoodsCharge>.Create(
        static (one, other) =>
            ((Int128)one.Left.Minor * other.Line.Quantity).CompareTo(
                (Int128)other.Left.Minor * one.Line.Quantity
            )
    );

    /// <summary>The cheapest units first, equal ones by SKU.</summary>
    public static IReadOnlyList<GoodsCharge> CheapestFirst(IEnumerable<GoodsCharge> charges) =>
        [.. charges.Order(_byValue)];

    /// <summary>The dearest units first, equal ones by SKU.</summary>
    public static IReadOnlyList<GoodsCharge> DearestFirst(IEnumerable<GoodsCharge> charges) =>
        [.. charges.OrderDescending(_byValue)];
}
