using System.Globalization;
using Shop.Data.Kernel;

namespace Shop.Data.Catalog.Import;

/// <summary>One SKU, as a file tells it.</summary>
/// <param name="Sku">Column <c>sku</c>: 1 to 64 characters.</param>
/// <param name="ProductCode">Column <c>product_code</c>: what its siblings share; the SKU itself where it is absent or empty.</param>
/// <param name="Title">Column <c>title</c>: up to 200 characters; may be empty.</param>
/// <param name="Price">Column <c>list_price_gbp</c>, or another currency's code in small letters: zero or more.</param>
/// <param name="UnitsSold">Column <c>units_sold</c>: 0 where it is absent; negative if more came back than went out.</param>
/// <param name="FirstSoldOn">Column <c>first_sold_on</c>: <c>2010-12-01</c>, where it is there.</param>
internal sealed record ImportRow(
    string Sku,
    string ProductCode,
    string Title,
    Money Price,
    long UnitsSold,
    DateOnly? FirstSoldOn
)
{
    private const string PricePrefix = "list_price_";
    private const int MaxCode = 64;
    private const int MaxTitle = 200;

    // Beyond any price of a thing that fits a cart; keeps a slip of a column from becoming one.
    private const decimal MaxPrice = 10_000_000;

    /// <exception cref="FormatException">The row cannot be read; the message says why, to whoever wrote it.</exception>
    public static ImportRow Read(IReadOnlyDictionary<string, string> fields)
    {
        var sku = Code(Required(fields, "sku"), "sku");
        var productCode = fields.GetValueOrDefault("product_code", "");
        var title = Required(fields, "title");
        Refuse(title.Length > MaxTitle, $"title has more than {MaxTitle} characters");
        return new(
            sku,
            productCode.Length == 0 ? sku : Code(productCode, "product_code"),
            title,
            ReadPrice(fields),
            ReadUnits(fields.GetValueOrDefault("units_sold", "")),
            ReadDay(fields.GetValueOrDefault("first_sold_on", ""))
        );
    }

    private static string Required(IReadOnlyDictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name) ?? throw new FormatException($"there is no {name}");

    private static string Code(string text, string name)
    {
        Refuse(text.Length is 0 or > MaxCode, $"{name} has to have 1 to {MaxCode} characters");
        return text;
    }

    private static Money ReadPrice(IReadOnlyDictionary<string, string> fields)
    {
        var (name, text) = fields.FirstOrDefault(field =>
            field.Key.StartsWith(PricePrefix, StringComparison.Ordinal)
        );
        Refuse(name is null, $"there is no {PricePrefix}gbp, or another currency's");
        var currency = name![PricePrefix.Length..].ToUpperInvariant();
        Refuse(!Currencies.Exists(currency), $"{currency} is no currency");
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        Refuse(
            !decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var amount),
            $"{name} \"{text}\" is no price such as 12.90"
        );
        Refuse(amount > MaxPrice, $"{name} {text} is more than {MaxPrice:0}");
        var minor = amount / Currencies.MinorUnit(currency);
        Refuse(minor != decimal.Truncate(minor), $"{name} {text} has more decimals than {currency}");
        return new Money((long)minor, currency);
    }

    private static long ReadUnits(string text)
    {
        var units = 0L;
        Refuse(
            text.Length > 0
                && !long.TryParse(
                    text,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out units
                ),
            $"units_sold \"{text}\" is no whole number"
        );
        return units;
    }

    private static DateOnly? ReadDay(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        Refuse(
            !DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            ),
            $"first_sold_on \"{text}\" is no day such as 2010-12-01"
        );
        return day;
    }

    private static void Refuse(bool wrong, string reason)
    {
        if (wrong)
        {
            throw new FormatException(reason);
        }
    }
}
