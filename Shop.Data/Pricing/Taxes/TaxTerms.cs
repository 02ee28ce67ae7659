using Shop.Data.Channels;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Taxes;

/// <summary>How an order is taxed.</summary>
public sealed record TaxTerms
{
    /// <summary>No taxes.</summary>
    public static TaxTerms Untaxed { get; } = new();

    /// <summary>Prices are gross, with home's taxes in them; else net.</summary>
    public bool IsIncluded { get; init; } = true;

    /// <summary>What of a gross price stays the same abroad.</summary>
    public HeldPrice Held { get; init; }

    /// <summary>Where the tax of goods is rounded.</summary>
    public TaxRounding PerWhat { get; init; }

    /// <summary>Where a half goes, of taxes and of all else.</summary>
    public Rounding Rounding { get; init; }

    /// <summary>How shipping is taxed.</summary>
    public ShippingTax Shipping { get; init; }

    /// <summary>The class of shipping, for <see cref="ShippingTax.Class"/>.</summary>
    public string ShippingClass { get; init; } = "";

    /// <summary>Whose taxes are in the prices.</summary>
    public TaxZone Home { get; init; } = TaxZone.Untaxed;

    /// <summary>Whose taxes are to be paid: of the destination, or of home as long as none is known.</summary>
    public TaxZone There { get; init; } = TaxZone.Untaxed;

    /// <summary>Why no tax is to be paid; null where it is.</summary>
    public TaxReason? Exemption { get; init; }

    /// <summary>What proves the exemption; null where there is none, or it is not the customer's own.</summary>
    public TaxExemption? Proof { get; init; }

    /// <summary>It goes to where nothing is taxed: home's taxes are named, and are nothing.</summary>
    public bool IsExport { get; init; }

    /// <summary>The taxes to be paid, as a service outside has reckoned them; null where the shop does.</summary>
    public ToldTaxes? Told { get; init; }

    /// <summary>Whether nobody knows yet where it goes, so that other taxes may be due in the end.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>The taxes to be paid.</summary>
    internal TaxZone Due => Exemption is null && !IsExport ? There : Home.AtZero;

    /// <summary>Why a tax is nothing; null where it is not.</summary>
    internal TaxReason? Reason(TaxRate rate) =>
        Exemption
        ?? (
            IsExport ? TaxReason.Export
            : rate.PerMillion == 0 ? TaxReason.Zero
            : null
        );

    /// <summary>The same for what goes in a way that has a class of its own.</summary>
    internal TaxTerms For(ShippingMethod? method) =>
        method?.TaxClass is { } own ? this with { Shipping = ShippingTax.Class, ShippingClass = own } : this;

    /// <summary>What a unit costs where it goes, before promotions.</summary>
    internal Money PriceThere(QuoteLine line) =>
        IsIncluded && (Exemption is not null || Held == HeldPrice.Net)
            ? Home.Of(line.TaxClass).Turned(line.UnitPrice, Due.Of(line.TaxClass), Rounding)
            : line.UnitPrice;

    /// <summary>What shipping costs where it goes, before promotions: its tax at home is in it no more where it is exempt.</summary>
    internal Money ShippingThere(Money price, IReadOnlyList<GoodsCharge> goods) =>
        IsIncluded && Exemption is not null
            ? ShippingTaxes
                .Portions(price, goods, this, Home)
                .Aggregate(
                    Money.Zero(price.Currency),
                    (sum, portion) => sum + portion.Rates.Turned(portion.Amount, TaxRates.None, Rounding)
                )
            : price;
}

/// <summary>Why a tax is nothing.</summary>
public enum TaxReason
{
    /// <summary>The customer, a business, pays it.</summary>
    ReverseCharge,

    /// <summary>The customer pays none.</summary>
    Exempt,

    /// <summary>It goes abroad.</summary>
    Export,

    /// <summary>Its rate is zero.</summary>
    Zero,
}
