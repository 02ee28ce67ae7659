using System.Globalization;

namespace Shop.Data.Catalog.Import.Reading;

/// <summary>Reads the fields of one record, and remembers the first that cannot be read.</summary>
internal sealed class RowReader(IReadOnlyDictionary<string, string> fields)
{
    /// <summary>A column of prices: this and a currency's code in small letters.</summary>
    public const string PricePrefix = "list_price_";

    private const int MaxCode = 64;
    private const int MaxTitle = 200;

    // Beyond any price of a thing that fits a cart; keeps a slip of a column from becoming one.
    private const decimal MaxPrice = 10_000_000;

    /// <summary>What is wrong; null so far.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>A code of 1 to 64 characters; where it is absent or empty, <paramref name="otherwise"/>.</summary>
    public string Code(string name, string? otherwise = null)
    {
        if (fields.GetValueOrDefault(name) is not { Length: > 0 } text)
        {
            return otherwise
                ?? Refuse(ImportErrorCode.Missing, name, $"{name} has to have 1 to {MaxCode} characters");
        }

        return text.Length <= MaxCode
            ? text
            : Refuse(ImportErrorCode.TooLong, name, $"{name} has to have 1 to {MaxCode} characters", text);
    }

    /// <summary>Up to 200 characters; may be empty.</summary>
    public string Title()
    {
        const string Name = "title";
        return fields.GetValueOrDefault(Name) switch
        {
            null => Refuse(ImportErrorCode.Missing, Name, "there is no title"),
            { Length: > MaxTitle } text => Refuse(
                ImportErrorCode.TooLong,
                Name,
                $"title has more than {MaxTitle} characters",
                text
            ),
            var text => text,
        };
    }

    /// <summary>The first column of prices.</summary>
    public Money Price()
    {
        var (name, text) = fields.FirstOrDefault(field =>
            field.Key.StartsWith(PricePrefix, StringComparison.Ordinal)
        );
        if (name is null)
        {
            Refuse(
                ImportErrorCode.Missing,
                $"{PricePrefix}gbp",
                $"there is no {PricePrefix}gbp, or another currency's"
            );
            return default;
        }

        var currency = name[PricePrefix.Length..].ToUpperInvariant();
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!Currencies.Exists(currency))
        {
            Invalid(name, $"{currency} is no currency", currency);
        }
        else if (!decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var amount))
        {
            Invalid(name, $"{name} \"{text}\" is no price such as 12.90", text);
        }
        else if (amount > MaxPrice)
        {
            Invalid(name, $"{name} {text} is more than {MaxPrice:0}", text);
        }
        else if (amount / Currencies.MinorUnit(currency) is var minor && minor != decimal.Truncate(minor))
        {
            Invalid(name, $"{name} {text} has more decimals than {currency}", text);
        }
        else
        {
            return new((long)minor, currency);
        }

        return default;
    }

    /// <summary>A whole number; 0 where it is absent or empty.</summary>
    public long Whole(string name)
    {
        var text = fields.GetValueOrDefault(name, "");
        if (
            !long.TryParse(
                text.Length == 0 ? "0" : text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            Invalid(name, $"{name} \"{text}\" is no whole number", text);
        }

        return number;
    }

    /// <summary>A day; null where it is absent or empty.</summary>
    public DateOnly? Day(string name)
    {
        var text = fields.GetValueOrDefault(name, "");
        if (text.Length == 0)
        {
            return null;
        }

        if (
            !DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
        )
        {
            Invalid(name, $"{name} \"{text}\" is no day such as 2010-12-01", text);
        }

        return day;
    }

    private void Invalid(string name, string message, string text) =>
        Refuse(ImportErrorCode.InvalidValue, name, message, text);

    private string Refuse(ImportErrorCode code, string name, string message, string? text = null)
    {
        Fault ??= RowFault.Of(code, name, message, text);
        return "";
    }
}
