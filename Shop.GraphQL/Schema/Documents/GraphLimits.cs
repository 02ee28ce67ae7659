using System.ComponentModel.DataAnnotations;

namespace Shop.GraphQL.Schema.Documents;

/// <summary>What one operation may ask for; section <c>GraphQL:Limits</c>. They hold before anything is loaded.</summary>
internal sealed class GraphLimits
{
    public const string Section = "GraphQL:Limits";

    /// <summary>
    /// Characters of a document. The longest of our own clients has 3,000, the introspection of an IDE 2,000;
    /// parsing and checking cost as much as the text is long.
    /// </summary>
    [Range(1_000, 1_000_000)]
    public int MaxDocumentLength { get; init; } = 20_000;

    /// <summary>
    /// Nested fields, leaves included. Shopping needs 9; the introspection of an IDE, which follows lists of
    /// non-null lists, 15.
    /// </summary>
    [Range(5, 100)]
    public int MaxDepth { get; init; } = 20;

    /// <summary>Aliases, counted as often as their fragment is used: they are how one field is asked for many times.</summary>
    [Range(0, 10_000)]
    public int MaxAliases { get; init; } = 100;

    /// <summary>Root fields of one mutation. They run one after the other, each with its own transaction.</summary>
    [Range(1, 100)]
    public int MaxRootMutations { get; init; } = 4;

    /// <summary>Documents kept parsed and checked; about 20 KB each. A shop's clients have some hundred.</summary>
    [Range(2, 100_000)]
    public int CachedDocuments { get; init; } = 1_000;

    /// <summary>How long a query or mutation may take; a shopper has left long before.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Events of one subscription that may wait while its client is busy; one more and it is let go.</summary>
    [Range(1, 10_000)]
    public int MaxPendingEvents { get; init; } = 64;
}
