using System.Globalization;
using System.Numerics;

namespace Shop.Data.Catalog.Import.Reading;

/// <summary>Reads the fields of one record, and remembers the first that cannot be read.</summary>
internal sealed class RowReader(IReadOnlyDictionary<string, string> fields)
{
    /// <summary>What parts the titles of a category from those above it.</summary>
    public const string Below = " > ";

    private const int MaxCategory = 1_000;

    /// <summary>What is wrong; null so far.</summary>
    public RowFault? Fault { get; private set; }

    /// <summary>1 to 64 characters without blanks.</summary>
    public string Sku()
    {
        var sku = Line("sku", ProductRules.MaxCode, isNeeded: true) ?? "";
        if (sku.Length > 0 && !PlainText.IsCode(sku))
        {
            Invalid("sku", $"sku \"{sku}\" has a blank or a hidden character in it", sku);
        }

        return sku;
    }

    /// <summary>One line; null where the file does not tell it, empty where it says that there is none.</summary>
    public string? Line(string name, int max, bool isNeeded = false)
    {
        var text = Text(name, max);
        if (string.IsNullOrEmpty(text))
        {
            if (isNeeded)
            {
                Refuse(ImportErrorCode.Missing, name, $"{name} has to have 1 to {max} characters");
            }
        }
        else if (!PlainText.IsName(text))
        {
            Invalid(name, $"{name} has to be one line of text without hidden characters", text);
        }

        return text;
    }

    /// <summary>Any text; null where the file does not tell it.</summary>
    public string? Text(string name, int max)
    {
        var text = fields.GetValueOrDefault(name);
        if (text?.Length > max)
        {
            Refuse(ImportErrorCode.TooLong, name, $"{name} has more than {max} characters", text);
        }

        return text;
    }

    /// <summary>Titles from a root down, parted by <see cref="Below"/>.</summary>
    public string? Category()
    {
        const string Name = "category";
        var titles = Line(Name, MaxCategory)
            ?.Split('>', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (titles?.FirstOrDefault(title => title.Length > ProductRules.MaxTitle) is { } longest)
        {
            Refuse(
                ImportErrorCode.TooLong,
                Name,
                $"a title in {Name} has more than {ProductRules.MaxTitle} characters",
                longest
            );
        }

        return titles is null ? null : string.Join(Below, titles);
    }

    /// <summary>Words parted by commas; as they are stored, and parted so again.</summary>
    public string? Tags()
    {
        const string Name = "tags";
        if (fields.GetValueOrDefault(Name) is not { } text)
        {
            return null;
        }

        var tags = ProductRules.Tags(
            text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        );
        if (tags.FirstOrDefault(tag => tag.Length > ProductRules.MaxTag || !PlainText.IsName(tag)) is { } odd)
        {
            Invalid(Name, $"a tag is one line of at most {ProductRules.MaxTag} characters", odd);
        }
        else if (tags.Length > ProductRules.MaxTags)
        {
            Invalid(Name, $"{Name} has more than {ProductRules.MaxTags} tags", text);
        }

        return string.Join(',', tags);
    }

    /// <summary>What tells a SKU from the others of its product: an option's name and the value, or neither.</summary>
    public (string? Name, string? Value) Option()
    {
        var (name, value) = (
            Line("option", ProductRules.MaxTitle),
            Line("option_value", ProductRules.MaxTitle)
        );
        if (string.IsNullOrEmpty(name) != string.IsNullOrEmpty(value))
        {
            Refuse(
                ImportErrorCode.Missing,
                string.IsNullOrEmpty(name) ? "option" : "option_value",
                "option and option_value are both there or neither"
            );
        }

        return string.IsNullOrEmpty(name) ? (null, null) : (name, value);
    }

    /// <summary>A class of taxes; null where the file does not tell it, empty where it is the standard one.</summary>
    public string? TaxClass()
    {
        const string Name = "tax_class";
        var text = Text(Name, ProductRules.MaxTaxClass);
        if (!string.IsNullOrEmpty(text) && !PlainText.IsWord(text))
        {
            Invalid(Name, $"{Name} \"{text}\" is not of small letters, digits and hyphens", text);
        }

        return text;
    }

    /// <summary>What one weighs; null where the file does not tell it, 0 where it says that nobody knows.</summary>
    public int? Grams()
    {
        const string Name = "weight_grams";
        var grams = fields.GetValueOrDefault(Name) is { Length: 0 } ? 0 : Whole(Name, least: 0);
        if (grams > ProductRules.MaxGrams)
        {
            Invalid(Name, $"{Name} {grams} is more than {ProductRules.MaxGrams}", $"{grams}");
        }

        return grams;
    }

    /// <summary>Whether it has to be shipped; null where the file does not tell it, and so where it says nothing.</summary>
    public bool? RequiresShipping()
    {
        const string Name = ImportColumns.RequiresShipping;
        var text = fields.GetValueOrDefault(Name);
        if (string.IsNullOrEmpty(text))
        {
            return text is null ? null : true;
        }

        if (!bool.TryParse(text, out var requires))
        {
            Invalid(Name, $"{Name} \"{text}\" is neither true nor false", text);
        }

        return requires;
    }

    /// <summary>In the shop's own currency.</summary>
    public Money Price(ImportColumns columns)
    {
        var (name, currency) = (columns.Price, columns.Currency);
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (fields.GetValueOrDefault(name) is not { } text)
        {
            Refuse(ImportErrorCode.Missing, name, $"there is no {name}, and this shop sells in {currency}");
        }
        else if (!decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var amount))
        {
            Invalid(name, $"{name} \"{text}\" is no price such as 12.90", text);
        }
        else if (!ProductRules.IsPrice(amount, currency))
        {
            Invalid(
                name,
                $"{name} {text} is not more than zero, at most {ProductRules.MaxPrice:0}, and no finer than {currency} is",
                text
            );
        }
        else
        {
            return Money.Of(amount, currency);
        }

        return default;
    }

    /// <summary>A whole number; null where the file does not tell it, or leaves it empty.</summary>
    public T? Whole<T>(string name, T least)
        where T : struct, IBinaryInteger<T>
    {
        var text = fields.GetValueOrDefault(name, "");
        if (text.Length == 0)
        {
            return null;
        }

        if (!T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Invalid(name, $"{name} \"{text}\" is no whole number", text);
        }
        else if (number < least)
        {
            Invalid(name, $"{name} {text} is less than {least}", text);
        }

        return number;
    }

    /// <summary>A day; null where the file does not tell it, or leaves it empty.</summary>
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

    private void Refuse(ImportErrorCode code, string name, string message, string? text = null) =>
        Fault ??= RowFault.Of(code, name, message, text);
}
