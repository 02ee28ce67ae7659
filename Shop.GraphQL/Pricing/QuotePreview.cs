using Shop.Data.Pricing;
using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Quoting;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Engine.Scalars;
using Shop.GraphQL.Shared;

namespace Shop.GraphQL.Pricing;

/// <summary>A way to ship as it is quoted to a place; null where it does not go there, or customers cannot choose it.</summary>
/// <param name="id">Which one; null as long as none is chosen.</param>
/// <param name="place">Where to; null as long as that is not known.</param>
/// <param name="lines">What goes.</param>
/// <param name="cancel">Ends the wait.</param>
internal delegate Task<ShippingMethod?> ShippingTo(
    ShippingMethodId? id,
    Destination? place,
    IReadOnlyList<QuoteLine> lines,
    CancellationToken cancel
);

/// <summary>A cart to be tried.</summary>
/// <param name="Lines">What is in it, each SKU once; 1 to 200.</param>
/// <param name="At">The moment for which it is quoted; now where it is left out.</param>
/// <param name="CurrencyCode">What it is paid in; the shop's currency where it is left out. Rates are those of now.</param>
/// <param name="SignedIn">Whether the customer is signed in; a guest where it is left out.</param>
/// <param name="IsFirstOrder">Whether they have not ordered before; they have where it is left out.</param>
/// <param name="CustomerGroups">The groups of customers that they are in; none where it is left out. At most 20.</param>
/// <param name="TaxExemption">Where they pay no tax; nowhere where it is left out.</param>
/// <param name="Country">Where it goes; not known, as in a cart, where it is left out.</param>
/// <param name="Region">State or county by ISO 3166-2, such as `US-NY` or `NY`; not known where it is left out.</param>
/// <param name="PostalCode">As the country writes it; not known where it is left out.</param>
/// <param name="ShippingMethod">How it goes, where it goes there; not known, as in a cart, where it is left out.</param>
/// <param name="Codes">What the customer has typed; none where it is left out. At most 10.</param>
/// <param name="Promotion">A promotion that is not saved, beside those that run.</param>
/// <param name="InsteadOf">A promotion that shall not run; the one that `promotion` would change.</param>
internal sealed record QuotePreviewInput(
    [property: MaxItems(200)] IReadOnlyList<QuotePreviewLineInput> Lines,
    DateTimeOffset? At,
    [property: CurrencyCode] string? CurrencyCode,
    bool? SignedIn,
    bool? IsFirstOrder,
    [property: MaxItems(20)] IReadOnlyList<string>? CustomerGroups,
    TaxExemptionInput? TaxExemption,
    [property: CountryCode] string? Country,
    [property: MaxText(20)] string? Region,
    [property: MaxText(20)] string? PostalCode,
    ShippingMethodId? ShippingMethod,
    [property: MaxItems(10)] IReadOnlyList<string>? Codes,
    PromotionInput? Promotion,
    PromotionId? InsteadOf
)
{
    /// <summary>The groups as they are compared.</summary>
    internal IReadOnlyList<string> Groups => CustomerGroup.NormalForms(CustomerGroups ?? []);

    /// <summary>Where it goes; null where that is not known.</summary>
    internal Destination? Place =>
        Country is { } country
            ? new(
                country,
                Destination.Known(Region) is { } region ? Destination.RegionOf(country, region) : null,
                Destination.Known(PostalCode)
            )
            : null;

    internal PreviewQuoteRequest ToRequest(IReadOnlyList<QuoteLine> lines, ShippingMethod? method) =>
        new(
            lines,
            At,
            new(SignedIn ?? false, IsFirstOrder ?? false, Groups)
            {
                TaxExemption = TaxExemption?.ToExemption(),
            },
            Place,
            method,
            [.. (Codes ?? []).Select(code => CodeText.Of(code) ?? code).Distinct()],
            Promotion?.ToPromotion(),
            InsteadOf
        );

    /// <summary>What no cart can be; empty where all is well.</summary>
    internal IEnumerable<Problem> Faults(IReadOnlyList<VariantId?> variants)
    {
        if (Lines.Count == 0)
        {
            yield return new InvalidInput("There has to be a line.", ["lines"]);
        }

        foreach (var fault in TaxExemption?.Faults("taxExemption") ?? [])
        {
            yield return fault;
        }

        var seen = new HashSet<VariantId>();
        foreach (var (index, (line, variant)) in Lines.Zip(variants).Index())
        {
            if (variant is not { } id)
            {
                yield return NotSold(index);
            }
            else if (!seen.Add(id))
            {
                yield return new InvalidInput(
                    "A line before has this SKU.",
                    ["lines", $"{index}", "variant"]
                );
            }

            if (line.Quantity is < 1 or > 10_000)
            {
                yield return new InvalidInput("It has to be 1 to 10,000.", ["lines", $"{index}", "quantity"]);
            }
        }
    }

    internal static NotFound NotSold(int line) =>
        new("There is no such SKU, or it is not sold now.", ["lines", $"{line}", "variant"], null);
}

/// <summary>Units of a SKU in a cart that is tried.</summary>
/// <param name="Variant">Which SKU.</param>
/// <param name="Quantity">How many; 1 to 10,000.</param>
internal sealed record QuotePreviewLineInput(ProductVariantBy Variant, int Quantity);

/// <summary>What a cart would cost.</summary>
/// <param name="Cost">In all; null where it could not be quoted.</param>
/// <param name="Lines">Each line; in an order of their own. At most 200.</param>
/// <param name="Problems">Why it could not be quoted; empty on success.</param>
[Staff(StaffRole.Pricing)]
internal sealed record QuotePreviewPayload(
    CartCost? Cost,
    [property: ListSize(20)] IReadOnlyList<QuotePreviewLine> Lines,
    [property: ListSize(20)] IReadOnlyList<Problem> Problems
)
{
    internal static QuotePreviewPayload Of(Quote quote) =>
        new(CartCost.Of(quote), [.. quote.Lines.Select(QuotePreviewLine.Of)], []);

    internal static QuotePreviewPayload Refused(params IReadOnlyList<Problem> problems) =>
        new(null, [], problems);
}

/// <summary>What a line of a cart would cost.</summary>
/// <param name="Quantity">Units.</param>
/// <param name="UnitPrice">What one unit costs.</param>
/// <param name="Discounts">Which promotions take off how much, in order; at most 50.</param>
/// <param name="Due">What is left to be paid for it.</param>
[Staff(StaffRole.Pricing)]
internal sealed record QuotePreviewLine(
    int Quantity,
    Money UnitPrice,
    [property: ListSize(3)] IReadOnlyList<DiscountAllocation> Discounts,
    Money Due
)
{
    internal VariantId VariantId { get; init; }

    /// <summary>Which SKU.</summary>
    public IDataLoaderResult<ProductVariant> Variant([FromServices] LoaderContext loaders) =>
        loaders.Get<NamedVariantById>().Require(VariantId);

    internal static QuotePreviewLine Of(QuotedLine line) =>
        new(
            line.Line.Quantity,
            line.UnitPrice,
            [.. line.Discounts.Select(DiscountAllocation.Of)],
            line.Due.Gross
        )
        {
            VariantId = line.Line.Variant,
        };
}
