namespace Shop.Data.Catalog;

/// <summary>What every product keeps to, whether staff has saved it or a file has brought it.</summary>
public static class ProductRules
{
    /// <summary>The most characters of a SKU and of an article code.</summary>
    public const int MaxCode = 64;

    /// <summary>The most characters of a title, a brand, an option's name and a value of it.</summary>
    public const int MaxTitle = 200;

    /// <summary>The most characters of a description.</summary>
    public const int MaxDescription = 10_000;

    /// <summary>The most tags.</summary>
    public const int MaxTags = 50;

    /// <summary>The most characters of a tag.</summary>
    public const int MaxTag = 50;

    /// <summary>The most characters of a class of taxes.</summary>
    public const int MaxTaxClass = 50;

    /// <summary>The highest price, in whole units of any currency. The lowest is one minor unit.</summary>
    public const decimal MaxPrice = 1_000_000_000;

    /// <summary>What one SKU weighs at most, in grams: ten tonnes.</summary>
    public const int MaxGrams = 10_000_000;

    /// <summary>Whether an amount is a price: more than zero, not above <see cref="MaxPrice"/>, and no finer than the currency.</summary>
    public static bool IsPrice(decimal amount, string currency) =>
        amount is > 0 and <= MaxPrice && amount % Currencies.MinorUnit(currency) == 0;

    /// <summary>Tags as they are stored: small letters, sorted, each once.</summary>
    public static string[] Tags(IEnumerable<string> tags) =>
        [.. tags.Select(tag => tag.Trim().ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)];
}
