using System.ComponentModel.DataAnnotations;

namespace Shop.GraphQL.Engine.Limits;

/// <summary>
/// What one operation may ask for; section <c>GraphQL:Limits</c>. They hold before anything is loaded, for documents that
/// are known as for new ones, and over every transport. How far a storefront stays below each: docs/decisions/0020.
/// </summary>
internal sealed class GraphLimits
{
    public const string Section = "GraphQL:Limits";

    /// <summary>
    /// What an operation, or a batch of them, may cost: see <see cref="CostAttribute"/>. The dearest page of a storefront
    /// costs a quarter of it; three lists of 100 inside each other cost two hundred times as much.
    /// </summary>
    [Range(100, 10_000_000)]
    public int MaxCost { get; init; } = 5_000;

    /// <summary>
    /// Characters of a document. The longest of our own clients has 3,000, the introspection of an IDE 2,000;
    /// parsing and checking cost as much as the text is long.
    /// </summary>
    [Range(1_000, 1_000_000)]
    public int MaxDocumentLength { get; init; } = 20_000;

    /// <summary>
    /// Fields and fragment spreads of a document, as they are written, and of an operation, as often as its fragments are
    /// used. Checking that fields of one name agree takes the square of it: 10,000 fields that fit into the length above
    /// kept a core busy for seconds.
    /// </summary>
    [Range(50, 100_000)]
    public int MaxSelections { get; init; } = 500;

    /// <summary>
    /// Nested fields, leaves included. Shopping needs 9; the introspection of an IDE, which follows lists of
    /// non-null lists, 15.
    /// </summary>
    [Range(5, 100)]
    public int MaxDepth { get; init; } = 20;

    /// <summary>Aliases, counted as often as their fragment is used: they are how one field is asked for many times.</summary>
    [Range(0, 10_000)]
    public int MaxAliases { get; init; } = 100;

    /// <summary>Root fields of one query. Each may read the store by itself; a page of a shop has three.</summary>
    [Range(1, 1_000)]
    public int MaxRootFields { get; init; } = 50;

    /// <summary>Root fields of one mutation. They run one after the other, each with its own transaction.</summary>
    [Range(1, 100)]
    public int MaxRootMutations { get; init; } = 4;

    /// <summary>Variables that an operation may declare: two for each of its root fields.</summary>
    [Range(1, 10_000)]
    public int MaxVariables { get; init; } = 100;

    /// <summary>
    /// Values in all variables together, lists and objects counted with what is in them. A cart of 200 lines has 1,000,
    /// 1,000 references of a router 3,000.
    /// </summary>
    [Range(10, 1_000_000)]
    public int MaxVariableValues { get; init; } = 5_000;

    /// <summary>
    /// Errors that an answer tells; where there are more, its last one says how many. A developer mends the first ones first,
    /// and 20,000 characters can be wrong in 1,200 places.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxErrors { get; init; } = 50;

    /// <summary>Documents kept parsed and checked; about 20 KB each. A shop's clients have some hundred.</summary>
    [Range(2, 100_000)]
    public int CachedDocuments { get; init; } = 1_000;

    /// <summary>How long a query, a mutation or one event may take; a shopper has left long before.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Events of one subscription that may wait while its client is busy; one more and it is let go. Of what has an id only the
    /// latest state waits.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxPendingEvents { get; init; } = 64;

    /// <summary>
    /// Whether clients may read the schema through itself; default yes, for the IDE and for tools. It is no secret: it is
    /// in the repository. <c>__typename</c> is no introspection and stays.
    /// </summary>
    public bool Introspection { get; init; } = true;
}
