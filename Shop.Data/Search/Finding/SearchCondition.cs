using System.Text.Json.Serialization;

namespace Shop.Data.Search.Finding;

/// <summary>
/// What a product has to be. One SKU has to satisfy all that is asked of SKUs together: a red one below ten is not found by a red
/// one for twelve beside a blue one for eight.
/// </summary>
[JsonDerivedType(typeof(All), nameof(All))]
[JsonDerivedType(typeof(Any), nameof(Any))]
[JsonDerivedType(typeof(No), nameof(No))]
[JsonDerivedType(typeof(Ids), nameof(Ids))]
[JsonDerivedType(typeof(Slugs), nameof(Slugs))]
[JsonDerivedType(typeof(Categories), nameof(Categories))]
[JsonDerivedType(typeof(Brands), nameof(Brands))]
[JsonDerivedType(typeof(Tags), nameof(Tags))]
[JsonDerivedType(typeof(Options), nameof(Options))]
[JsonDerivedType(typeof(Units), nameof(Units))]
[JsonDerivedType(typeof(Price), nameof(Price))]
[JsonDerivedType(typeof(Created), nameof(Created))]
[JsonDerivedType(typeof(Updated), nameof(Updated))]
public abstract record SearchCondition
{
    private SearchCondition() { }

    /// <summary>All of these; of an empty list, anything.</summary>
    public sealed record All(IReadOnlyList<SearchCondition> Parts) : SearchCondition;

    /// <summary>One of these, or several; of an empty list, nothing.</summary>
    public sealed record Any(IReadOnlyList<SearchCondition> Parts) : SearchCondition;

    /// <summary>Not this.</summary>
    public sealed record No(SearchCondition Part) : SearchCondition;

    /// <summary>One of these products.</summary>
    public sealed record Ids(IReadOnlyList<ProductId> Products) : SearchCondition;

    /// <summary>One of these places in a web address.</summary>
    public sealed record Slugs(IReadOnlyList<string> Texts) : SearchCondition;

    /// <summary>In one of these categories, or below.</summary>
    public sealed record Categories(IReadOnlyList<CategoryId> Roots) : SearchCondition;

    /// <summary>Of one of these makers.</summary>
    public sealed record Brands(IReadOnlyList<string> Texts) : SearchCondition;

    /// <summary>With one of these tags.</summary>
    public sealed record Tags(IReadOnlyList<string> Texts) : SearchCondition;

    /// <summary>A SKU with one of these values of an option.</summary>
    public sealed record Options(string Name, IReadOnlyList<string> Texts) : SearchCondition;

    /// <summary>A SKU of which so many can be sold, both ends included.</summary>
    public sealed record Units(int From, int To) : SearchCondition;

    /// <summary>A SKU that costs so much, both ends included, in minor units.</summary>
    public sealed record Price(string Currency, long From, long To) : SearchCondition;

    /// <summary>Came into the catalogue in that time, both ends included; null for an open end.</summary>
    public sealed record Created(DateTimeOffset? From, DateTimeOffset? To) : SearchCondition;

    /// <summary>Last changed in that time, both ends included; null for an open end.</summary>
    public sealed record Updated(DateTimeOffset? From, DateTimeOffset? To) : SearchCondition;
}
