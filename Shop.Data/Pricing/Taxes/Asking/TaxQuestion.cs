using Shop.Data.Channels;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Taxes.Asking;

/// <summary>All that taxes depend on, as a service is asked. Amounts are in minor units, after all discounts.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="IsIncluded">Amounts have the taxes in them; else they come on top.</param>
/// <param name="Day">By the shop's clock.</param>
/// <param name="From">Where the shop is at home, ISO 3166-1 alpha-2.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Exemption">By what the customer pays none there; null where they do.</param>
/// <param name="Lines">By SKU; 1 to 200.</param>
/// <param name="Shipping">Null where nothing is shipped.</param>
public sealed record TaxQuestion(
    string Currency,
    bool IsIncluded,
    DateOnly Day,
    string From,
    Destination To,
    TaxExemption? Exemption,
    IReadOnlyList<TaxItem> Lines,
    TaxedShipping? Shipping
)
{
    /// <summary>About what is quoted so, taxes aside.</summary>
    internal static TaxQuestion Of(Quote quote, QuoteRequest request, ChannelOptions channel) =>
        new(
            request.Currency,
            request.Taxes.IsIncluded,
            DateOnly.FromDateTime(request.At.DateTime),
            channel.Country,
            request.Destination!,
            quote.Exemption,
            [
                .. quote.Lines.Select(line => new TaxItem(
                    line.Line.Variant.Value,
                    Amount(line.Due, request.Taxes),
                    line.Line.Quantity,
                    line.Line.TaxClass
                )),
            ],
            quote.Shipping is { } shipping
                ? new(
                    Amount(shipping.Due, request.Taxes),
                    request.Method?.TaxClass
                        ?? (channel.ShippingTax == ShippingTax.Class ? channel.ShippingTaxClass : null)
                )
                : null
        );

    private static long Amount(TaxedMoney due, TaxTerms terms) =>
        (terms.IsIncluded ? due.Gross : due.Net).Minor;
}

/// <summary>Units of a SKU.</summary>
/// <param name="Variant">Which SKU.</param>
/// <param name="Minor">What is left to be paid for all of them; zero or more.</param>
/// <param name="Quantity">Units.</param>
/// <param name="TaxClass">How they are taxed.</param>
public sealed record TaxItem(long Variant, long Minor, int Quantity, string TaxClass);

/// <summary>What shipping costs.</summary>
/// <param name="Minor">What is left to be paid for it; zero or more.</param>
/// <param name="TaxClass">How it is taxed; null for as the goods.</param>
public sealed record TaxedShipping(long Minor, string? TaxClass);

/// <summary>What an order was charged, for a service to write down.</summary>
/// <param name="Question">What it was asked.</param>
/// <param name="Taxes">All taxes of each line, in minor units, in the order of the question.</param>
/// <param name="ShippingTax">All taxes of shipping, in minor units.</param>
/// <param name="IsEstimated">The service was away: the shop has reckoned these taxes by itself.</param>
public sealed record TaxDocument(
    TaxQuestion Question,
    IReadOnlyList<long> Taxes,
    long ShippingTax,
    bool IsEstimated
);
