namespace Shop.Data.Pricing.Taxes;

/// <summary>Classes of goods that are taxed alike. A class is a word: zones tax it, products name it.</summary>
public static class TaxClasses
{
    /// <summary>The class of what names none.</summary>
    public const string Standard = "standard";
}
