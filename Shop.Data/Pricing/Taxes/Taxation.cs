namespace Shop.Data.Pricing.Taxes;

/// <summary>What there is to say of how an order was taxed, beside its taxes.</summary>
/// <param name="Exemption">By what its customer paid no tax; null where they did.</param>
/// <param name="IsEstimated">The service that reckons taxes was away: these are by the shop's own zones.</param>
public sealed record Taxation(TaxExemption? Exemption, bool IsEstimated)
{
    /// <summary>Of what is quoted so; null where there is nothing to say, as of most.</summary>
    public static Taxation? Of(Quote quote) =>
        quote.Exemption is null && !quote.IsEstimated ? null : new(quote.Exemption, quote.IsEstimated);
}
