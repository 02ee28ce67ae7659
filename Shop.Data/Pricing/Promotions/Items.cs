using System.Text.Json.Serialization;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Promotions;

/// <summary>Which lines of a cart are meant.</summary>
public sealed record Items
{
    /// <summary>All of them.</summary>
    public static Items All { get; } = new();

    /// <summary>Lines that are one of these; empty for all lines.</summary>
    public IReadOnlyList<ItemsOf> Any { get; init; } = [];

    /// <summary>But none of these.</summary>
    public IReadOnlyList<ItemsOf> Except { get; init; } = [];

    /// <summary>Only lines that nothing has reduced so far.</summary>
    public bool NotReduced { get; init; }

    /// <summary>A line counts for a condition; a gift card does, too.</summary>
    internal bool Counts(GoodsCharge charge) => Names(charge.Line) && !(NotReduced && charge.IsReduced);

    /// <summary>A promotion can reduce a line, which a gift card never is.</summary>
    internal bool Reduces(GoodsCharge charge) => !charge.Line.IsGiftCard && Counts(charge);

    /// <summary>The lines that it <see cref="Reduces"/>.</summary>
    internal List<GoodsCharge> In(Pass pass)
    {
        var found = new List<GoodsCharge>();
        foreach (var charge in pass.Goods)
        {
            if (Reduces(charge))
            {
                found.Add(charge);
            }
        }

        return found;
    }

    /// <summary>Why there is nothing to take off from the lines that it <see cref="Reduces"/>.</summary>
    internal Hindrance NothingIn(Pass pass)
    {
        var (isNamed, isWhole) = (false, false);
        foreach (var charge in pass.Goods)
        {
            if (Names(charge.Line) && !charge.Line.IsGiftCard)
            {
                isNamed = true;
                isWhole |= !charge.IsReduced;
            }
        }

        return new(
            !isNamed ? PromotionReason.NoSuchItem
            : NotReduced && !isWhole ? PromotionReason.AlreadyReduced
            : PromotionReason.NothingLeft
        );
    }

    private bool Names(QuoteLine line) => (Any.Count == 0 || IsOneOf(Any, line)) && !IsOneOf(Except, line);

    // A loop, since every promotion asks for every line.
    private static bool IsOneOf(IReadOnlyList<ItemsOf> kinds, QuoteLine line)
    {
        for (var at = 0; at < kinds.Count; at++)
        {
            if (kinds[at].Has(line))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Lines that have one thing in common. The names under which they are stored never get another meaning.</summary>
[JsonDerivedType(typeof(Products), "products")]
[JsonDerivedType(typeof(Variants), "variants")]
[JsonDerivedType(typeof(Categories), "categories")]
[JsonDerivedType(typeof(Tags), "tags")]
[JsonDerivedType(typeof(Brands), "brands")]
public abstract record ItemsOf
{
    private ItemsOf() { }

    internal abstract bool Has(QuoteLine line);

    // Without an enumerator, as every promotion asks for every line.
    private static bool HasOneOf<T>(HashSet<T> set, IReadOnlyList<T> few)
    {
        for (var at = 0; at < few.Count; at++)
        {
            if (set.Contains(few[at]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All SKUs of these products.</summary>
    public sealed record Products(HashSet<ProductId> Ids) : ItemsOf
    {
        internal override bool Has(QuoteLine line) => Ids.Contains(line.Product);
    }

    /// <summary>These SKUs.</summary>
    public sealed record Variants(HashSet<VariantId> Ids) : ItemsOf
    {
        internal override bool Has(QuoteLine line) => Ids.Contains(line.Variant);
    }

    /// <summary>What is in these categories or below them.</summary>
    public sealed record Categories(HashSet<CategoryId> Ids) : ItemsOf
    {
        internal override bool Has(QuoteLine line) => HasOneOf(Ids, line.Categories);
    }

    /// <summary>What bears one of these tags, which are in small letters.</summary>
    public sealed record Tags(HashSet<string> Names) : ItemsOf
    {
        internal override bool Has(QuoteLine line) => HasOneOf(Names, line.Tags);
    }

    /// <summary>What one of these makes.</summary>
    public sealed record Brands(HashSet<string> Names) : ItemsOf
    {
        internal override bool Has(QuoteLine line) => line.Brand is { } brand && Names.Contains(brand);
    }
}
