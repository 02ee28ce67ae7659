using System.Globalization;

namespace Shop.Data.Search.Columns;

/// <summary>What products can be narrowed down by, by a value of it.</summary>
public enum FacetKind
{
    /// <summary>Its category, or one above.</summary>
    Category,

    /// <summary>Who makes it.</summary>
    Brand,

    /// <summary>The value of an option of a SKU.</summary>
    Option,

    /// <summary>What a SKU costs.</summary>
    Price,

    /// <summary>A tag of it.</summary>
    Tag,

    /// <summary>Whether a SKU can be bought.</summary>
    Availability,
}

/// <summary>A facet: of options there is one for each name.</summary>
/// <param name="Kind">By what.</param>
/// <param name="Name">The option's name; empty for all others.</param>
public readonly record struct FacetName(FacetKind Kind, string Name = "");

/// <summary>A value of a facet, such as <c>Red</c> of the option <c>Colour</c>.</summary>
/// <param name="Facet">Of which facet.</param>
/// <param name="Value">As it is written; of a category, its id.</param>
public readonly record struct FacetTerm(FacetName Facet, string Value)
{
    /// <summary>A category as a value.</summary>
    public static FacetTerm Of(CategoryId category) =>
        new(new(FacetKind.Category), category.Value.ToString(CultureInfo.InvariantCulture));
}
