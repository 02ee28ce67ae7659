using Shop.Data.Catalog;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Taxes;

namespace Shop.Data.Checkout;

/// <summary>From what the catalogue sells to what is quoted.</summary>
public static class QuoteLines
{
    /// <summary>So many units of a SKU.</summary>
    public static QuoteLine Of(VariantTraits traits, Money unitPrice, int quantity) =>
        new(traits.Id, traits.Product, unitPrice, quantity)
        {
            Categories = traits.Categories,
            Tags = traits.Tags,
            Brand = traits.Brand,
            TaxClass = traits.TaxClass ?? TaxClasses.Standard,
            Grams = traits.WeightGrams,
            RequiresShipping = traits.RequiresShipping,
        };
}
