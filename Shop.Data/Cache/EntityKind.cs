namespace Shop.Data.Cache;

/// <summary>A kind of rows that are kept by key.</summary>
/// <param name="Name">As keys in Redis call it. A row that is written otherwise than before gets another name, so that two releases share a Redis.</param>
/// <param name="KeyText">How a key is written.</param>
/// <param name="SubjectOf">Whose changes change a row: see <see cref="Floors"/>.</param>
/// <param name="AlsoOf">What changes all rows of the kind beside that; null for nothing.</param>
/// <param name="Times">How many lifetimes a row is good.</param>
/// <param name="KnownAs">As what its keys are among <see cref="KnownKeys"/>; null where they are not.</param>
/// <param name="MadeAt">When a key was made; null where that cannot be told.</param>
public sealed record EntityKind<TKey, TRow>(
    string Name,
    Func<TKey, string> KeyText,
    Func<TKey, TRow, string> SubjectOf,
    string? AlsoOf = null,
    int Times = 1,
    string? KnownAs = null,
    Func<TKey, DateTimeOffset>? MadeAt = null
)
{
    /// <summary>A row, among those of all kinds.</summary>
    internal string NameOf(TKey key) => $"{Name}:{KeyText(key)}";

    /// <summary>Whether nobody has such a key.</summary>
    internal bool IsDenied(TKey key, KnownKeys known) =>
        KnownAs is not null && known.Denies($"{KnownAs}:{KeyText(key)}", MadeAt?.Invoke(key));
}
