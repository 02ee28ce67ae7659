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

    /// <summary>
    /// From which age on of the index answers say that they are stale. It is a second or two old as a rule; a minute is long
    /// enough for a large import, and short enough to be told.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether PostgreSQL answers while Elasticsearch is away, if there is one. False for a catalogue that is too large for that:
    /// then a search ends with SEARCH_UNAVAILABLE.
    /// </summary>
    public bool Fallback { get; init; } = true;
}
