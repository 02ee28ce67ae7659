using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Taxes;

namespace Shop.Data.Pricing.Quoting;

/// <summary>All that a quote depends on, beside the promotions.</summary>
public sealed record QuoteRequest
{
    /// <summary>ISO 4217 code of all amounts.</summary>
    public required string Currency { get; init; }

    /// <summary>The moment for which it is quoted, in the time zone of the shop.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>In any order; each SKU once.</summary>
    public required IReadOnlyList<QuoteLine> Lines { get; init; }

    /// <summary>Codes that the customer has typed.</summary>
    public IReadOnlyList<TypedCode> Codes { get; init; } = [];

    /// <summary>Who buys.</summary>
    public Buyer Buyer { get; init; } = Buyer.Guest;

    /// <summary>Where it goes; null as long as that is not known.</summary>
    public Destination? Destination { get; init; }

    /// <summary>How it goes; null as long as that is not known.</summary>
    public ShippingMethod? Method { get; init; }

    /// <summary>What is taxed how.</summary>
    public TaxTerms Taxes { get; init; } = TaxTerms.Untaxed;

    /// <summary>The code that was typed for a promotion; null where none was.</summary>
    internal string? CodeOf(Promotion promotion)
    {
        foreach (var typed in Codes)
        {
            if (typed.Promotion == promotion.Id && !typed.IsOver(At))
            {
                return typed.Code;
            }
        }

        return null;
    }
}

/// <summary>Units of a SKU.</summary>
/// <param name="Variant">The SKU.</param>
/// <param name="Product">Whose SKU it is.</param>
/// <param name="UnitPrice">What one costs at home, before promotions; zero or more.</param>
/// <param name="Quantity">Units, one or more.</param>
public sealed record QuoteLine(VariantId Variant, ProductId Product, Money UnitPrice, int Quantity)
{
    /// <summary>The categories it is in, and all above them.</summary>
    public IReadOnlyList<CategoryId> Categories { get; init; } = [];

    /// <summary>In small letters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Who makes it; null where that is not known.</summary>
    public string? Brand { get; init; }

    /// <summary>How it is taxed: a class of <see cref="TaxTerms"/>.</summary>
    public string TaxClass { get; init; } = "";

    /// <summary>What one unit weighs, in grams.</summary>
    public long Grams { get; init; }

    /// <summary>It has to be shipped; else it is handed over in another way, such as by a link.</summary>
    public bool RequiresShipping { get; init; } = true;

    /// <summary>It is money for later: never reduced.</summary>
    public bool IsGiftCard { get; init; }
}

/// <summary>A code that the customer has typed.</summary>
/// <param name="Code">As it is stored: capitals, no blanks or hyphens.</param>
/// <param name="Promotion">Whose code it is; null where there is no such code.</param>
/// <param name="EndsAt">The first moment at which it is taken no more; null for never.</param>
/// <param name="Used">How often it was used, where its promotion limits that.</param>
public sealed record TypedCode(
    string Code,
    PromotionId? Promotion,
    DateTimeOffset? EndsAt = null,
    int Used = 0
)
{
    /// <summary>A code that there is not.</summary>
    public static TypedCode Unknown(string code) => new(code, Promotion: null);

    internal bool IsOver(DateTimeOffset at) => EndsAt <= at;

    /// <summary>Why it is not taken at a moment; null where it is, even if its promotion does not apply by now.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="book">The promotions that run or are to run.</param>
    public CodeRefusal? Refusal(DateTimeOffset at, PromotionBook book) =>
        Promotion is not { } id ? CodeRefusal.Unknown
        : IsOver(at) || book.Find(id) is not { } promotion || promotion.EndsAt <= at ? CodeRefusal.Ended
        : book.IsUsedUp(id) || Used >= promotion.MaxUses(LimitPer.Code) ? CodeRefusal.UsedUp
        : null;
}

/// <summary>Who buys.</summary>
/// <param name="IsSignedIn">Whether they are signed in.</param>
/// <param name="IsFirstOrder">Whether they are signed in and have no order that stands; nobody knows that of a guest.</param>
/// <param name="Groups">The groups of customers they are in.</param>
public sealed record Buyer(bool IsSignedIn, bool IsFirstOrder, IReadOnlyList<string> Groups)
{
    /// <summary>Where they pay no tax; null where they do everywhere.</summary>
    public TaxExemption? TaxExemption { get; init; }

    /// <summary>As a credential tells.</summary>
    /// <param name="customer">Who they are; null for a guest.</param>
    /// <param name="groups">The groups of customers they are in.</param>
    /// <param name="exemption">Where they pay no tax; null where they do everywhere.</param>
    public static Buyer Of(CustomerId? customer, IReadOnlyList<string> groups, TaxExemption? exemption) =>
        Guest with
        {
            IsSignedIn = customer is not null,
            Groups = groups,
            TaxExemption = exemption,
        };

    /// <summary>A customer of whom nothing is known.</summary>
    public static Buyer Guest { get; } = new(IsSignedIn: false, IsFirstOrder: false, []);
}
