using System.Globalization;

namespace Shop.Data.Pricing.Taxes.Asking;

/// <summary>A question as it is sent; its names are a promise, in docs/taxes.md.</summary>
internal sealed record Sent(
    string Currency,
    bool PricesIncludeTax,
    DateOnly Day,
    string From,
    Destination To,
    TaxExemption? Exemption,
    IReadOnlyList<SentLine> Lines,
    SentShipping? Shipping
)
{
    public static Sent Of(TaxQuestion question) =>
        new(
            question.Currency,
            question.IsIncluded,
            question.Day,
            question.From,
            question.To,
            question.Exemption,
            [
                .. question.Lines.Select(line => new SentLine(
                    IdOf(line),
                    line.Minor,
                    line.Quantity,
                    line.TaxClass
                )),
            ],
            question.Shipping is { } shipping ? new(shipping.Minor, shipping.TaxClass) : null
        );

    public static string IdOf(TaxItem line) => line.Variant.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Units of a SKU.</summary>
internal sealed record SentLine(string Id, long Amount, int Quantity, string TaxClass)
{
    /// <summary>What was charged; null in a question.</summary>
    public long? Tax { get; init; }
}

/// <summary>What shipping costs.</summary>
internal sealed record SentShipping(long Amount, string? TaxClass)
{
    /// <summary>What was charged; null in a question.</summary>
    public long? Tax { get; init; }
}

/// <summary>An order as it is written down.</summary>
internal sealed record SentDocument(Sent Order, bool IsEstimated)
{
    public static SentDocument Of(TaxDocument document)
    {
        var order = Sent.Of(document.Question);
        return new(
            order with
            {
                Lines = [.. order.Lines.Zip(document.Taxes, (line, tax) => line with { Tax = tax })],
                Shipping = order.Shipping is { } shipping
                    ? shipping with
                    {
                        Tax = document.ShippingTax,
                    }
                    : null,
            },
            document.IsEstimated
        );
    }
}
