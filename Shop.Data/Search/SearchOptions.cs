using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Search;

/// <summary>How products are found. Section <c>Search</c>.</summary>
public sealed class SearchOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Search";

    /// <summary>
    /// The most SKUs that a web host keeps in memory to sort, filter and count by. A shop that has more is read
    /// from PostgreSQL for each answer, as it is for the moments until they are loaded; 0 keeps none.
    /// </summary>
    [Range(0, 20_000_000)]
    public int MaxSkus { get; init; } = 3_000_000;
}
