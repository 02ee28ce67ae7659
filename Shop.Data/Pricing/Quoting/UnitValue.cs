namespace Shop.Data.Pricing.Quoting;

/// <summary>Puts lines in order by what is left of one of their units, without rounding it.</summary>
internal static class UnitValue
{
    /// <summary>The cheapest units first, equal ones by SKU.</summary>
    public static List<GoodsCharge> CheapestFirst(List<GoodsCharge> charges) =>
        Sorted(charges, static (one, other) => Compare(one, other));

    /// <summary>The dearest units first, equal ones by SKU.</summary>
    public static List<GoodsCharge> DearestFirst(List<GoodsCharge> charges) =>
        Sorted(charges, static (one, other) => Compare(other, one));

    private static List<GoodsCharge> Sorted(List<GoodsCharge> charges, Comparison<GoodsCharge> byValue)
    {
        List<GoodsCharge> sorted = [.. charges];
        sorted.Sort(
            (one, other) =>
                byValue(one, other) is var order and not 0
                    ? order
                    : one.Line.Variant.Value.CompareTo(other.Line.Variant.Value)
        );
        return sorted;
    }

    private static int Compare(GoodsCharge one, GoodsCharge other) =>
        ((Int128)one.Left.Minor * other.Line.Quantity).CompareTo(
            (Int128)other.Left.Minor * one.Line.Quantity
        );
}
