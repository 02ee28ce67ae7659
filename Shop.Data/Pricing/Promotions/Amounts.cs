namespace Shop.Data.Pricing.Promotions;

/// <summary>Amounts of a promotion: one for each currency in which it applies. None is ever converted.</summary>
internal static class Amounts
{
    /// <summary>The amount in a currency; null where there is none.</summary>
    public static Money? In(this IReadOnlyList<Money> amounts, string currency)
    {
        foreach (var amount in amounts)
        {
            if (amount.Currency == currency)
            {
                return amount;
            }
        }

        return null;
    }

    /// <summary>All of them together.</summary>
    public static Money Sum(this IEnumerable<Money> amounts, string currency) =>
        amounts.Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);

    /// <summary>The smaller one.</summary>
    public static Money AtMost(this Money amount, Money most) => most.Minor < amount.Minor ? most : amount;
}
