namespace Shop.Data.Pricing.Taxes;

/// <summary>What there is to say of how an order was taxed, beside its taxes.</summary>
/// <param name="Exemption">By what its customer paid no tax; null where they did.</param>
public sealed record Taxation(TaxExemption? Exemption)
{
    /// <summary>Of an order that is quoted so; null where there is nothing to say, as of most.</summary>
    public static Taxation? Of(Quote quote) => quote.Exemption is { } exemption ? new(exemption) : null;
}
