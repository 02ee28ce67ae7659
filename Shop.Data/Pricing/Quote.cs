namespace Shop.Data.Pricing;

/// <summary>Reckons costs: a pure function, the same for the same lines wherever and whenever it is asked.</summary>
public static class Quote
{
    /// <summary>What a cart or an order costs.</summary>
    /// <param name="currency">ISO 4217 code of all prices.</param>
    /// <param name="lines">Units, and what one of them costs.</param>
    /// <exception cref="InvalidOperationException">A price is in another currency.</exception>
    public static Cost Of(string currency, IEnumerable<(Money UnitPrice, int Quantity)> lines)
    {
        var none = Money.Zero(currency);
        var subtotal = lines.Aggregate(none, (sum, line) => sum + (line.UnitPrice * line.Quantity));
        return new(subtotal, none, none, none);
    }
}
