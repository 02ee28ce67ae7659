using System.Globalization;
using System.Runtime.InteropServices;

namespace Shop.Data.Carts;

/// <summary>
/// Names a line of a cart for as long as it is there. The variant is part of it, so that a stale client cannot change the
/// line that took the slot after.
/// </summary>
/// <param name="Slot">0 to 199; also the line's bit in the bitmap of ticks.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CartLineId(int Slot, VariantId Variant)
{
    /// <summary>Such as <c>17-273618274618</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Slot}-{Variant.Value}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out CartLineId id)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (
            dash > 0
            && int.TryParse(
                text.AsSpan(0, dash),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var slot
            )
            && slot < Cart.MaxLines
            && long.TryParse(
                text.AsSpan(dash + 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var variant
            )
        )
        {
            id = new(slot, new(variant));
            return true;
        }

        id = default;
        return false;
    }
}

/// <summary>So many units of one variant.</summary>
/// <param name="Sku">The variant's, kept so that a line can be named when the variant is gone.</param>
/// <param name="Quantity">1 to <see cref="Cart.MaxQuantity"/>.</param>
/// <param name="SeenPrice">What one unit cost when the shopper last put in or changed the line.</param>
/// <param name="IsSelected">Ticked: it will be ordered.</param>
public sealed record CartLine(CartLineId Id, string Sku, int Quantity, Money SeenPrice, bool IsSelected);
