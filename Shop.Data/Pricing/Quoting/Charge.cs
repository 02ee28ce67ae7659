using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Quoting;

/// <summary>Something to be paid while it is quoted: what is left of it by now, and what has taken off the rest.</summary>
/// <param name="full">Before anything is taken off; zero or more.</param>
internal abstract class Charge(Money full)
{
    private readonly List<Discount> _discounts = [];

    /// <summary>Before anything is taken off.</summary>
    public Money Full { get; } = full;

    /// <summary>At the prices of product pages: after <see cref="PromotionStage.Price"/>, before the other stages.</summary>
    public Money Before { get; private set; } = full;

    /// <summary>What is left of it by now.</summary>
    public Money Left { get; private set; } = full;

    /// <summary>Whether anything has been taken off.</summary>
    public bool IsReduced => Left.Minor < Full.Minor;

    /// <summary>Who took off how much, in order; without what lowered the price of product pages.</summary>
    public IReadOnlyList<Discount> Discounts => _discounts;

    /// <exception cref="InvalidOperationException">It is more than is left.</exception>
    public void TakeOff(Promotion promotion, string? code, Money amount)
    {
        Left -= amount;
        if (Left.Minor < 0)
        {
            throw new InvalidOperationException(
                $"Promotion {promotion.Id.Value} takes off more than is left."
            );
        }

        if (promotion.Stage == PromotionStage.Price)
        {
            Before -= amount;
        }
        else
        {
            _discounts.Add(new(promotion, code, amount));
        }
    }
}

/// <summary>What shipping costs, while it is quoted.</summary>
internal sealed class ShippingCharge(Money full) : Charge(full);

/// <summary>A line of a cart while it is quoted.</summary>
/// <param name="line">What it is.</param>
/// <param name="unit">What one unit costs there before anything is taken off.</param>
internal sealed class GoodsCharge(QuoteLine line, Money unit) : Charge(unit * line.Quantity)
{
    /// <summary>What it is.</summary>
    public QuoteLine Line => line;

    /// <summary>What one unit costs on a product page.</summary>
    public Money UnitPrice => Before.Part(1, line.Quantity);

    /// <summary>What is left of some of its units.</summary>
    public Money ValueOf(int units, Rounding rounding) => Left.Part(units, line.Quantity, rounding);
}
