namespace Shop.Data.Carts;

/// <summary>What is put into a cart.</summary>
/// <param name="Quantity">1 or more; past <see cref="Cart.MaxQuantity"/> the cart refuses it.</param>
/// <param name="Price">What one unit costs now; zero or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A quantity under 1, or a price under 0.</exception>
public sealed record CartItem(VariantId Variant, string Sku, int Quantity, Money Price)
{
    public int Quantity { get; } =
        Quantity >= 1 ? Quantity : throw new ArgumentOutOfRangeException(nameof(Quantity));

    public Money Price { get; } =
        Price.Minor >= 0 ? Price : throw new ArgumentOutOfRangeException(nameof(Price));

    /// <summary>
    /// What one costs from so many units on, the most units first, down to one: which of them counts is known once the units are
    /// added to those in the cart. Empty where that is <see cref="Price"/> for any number.
    /// </summary>
    public IReadOnlyList<PriceStep> Steps { get; init; } = [];
}

/// <summary>What a line is set to.</summary>
/// <param name="Quantity">0 takes it out; past <see cref="Cart.MaxQuantity"/> the cart refuses it.</param>
/// <param name="Price">What one unit costs now, in the cart's currency; zero or more.</param>
/// <exception cref="ArgumentOutOfRangeException">A quantity or a price under 0.</exception>
public sealed record CartLineChange(CartLineId Line, int Quantity, Money Price)
{
    public int Quantity { get; } =
        Quantity >= 0 ? Quantity : throw new ArgumentOutOfRangeException(nameof(Quantity));

    public Money Price { get; } =
        Price.Minor >= 0 ? Price : throw new ArgumentOutOfRangeException(nameof(Price));
}
