using Shop.Data.Storage.Positions;

namespace Shop.Data.Cache;

/// <summary>What is kept of a key.</summary>
/// <param name="Row">Null where it has none.</param>
/// <param name="Version">It shows all changes whose floor is this or lower.</param>
/// <param name="Ceiling">And hardly any later one: what replaces it has to show at least these.</param>
/// <param name="Subject">Whose changes change it; empty where it has no row.</param>
/// <param name="GoodUntil">From then on it is read again.</param>
public sealed record Held<TRow>(
    TRow? Row,
    long Version,
    long Ceiling,
    string Subject,
    DateTimeOffset GoodUntil
)
    where TRow : class
{
    /// <summary>Whether the primary itself said so.</summary>
    public bool IsFromPrimary { get; init; }

    /// <summary>Whether it is shown for want of a newer one.</summary>
    public bool IsStale { get; init; }

    /// <summary>Bytes of it as JSON.</summary>
    public int Size { get; init; }
}

/// <summary>Rows that were read together.</summary>
/// <param name="Position">Where the read stood.</param>
/// <param name="Rows">By key; those without a row are left out.</param>
public sealed record Refill<TKey, TRow>(ReadPosition Position, IReadOnlyDictionary<TKey, TRow> Rows)
    where TKey : notnull;
