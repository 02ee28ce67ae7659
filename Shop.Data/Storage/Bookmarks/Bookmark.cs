namespace Shop.Data.Storage.Bookmarks;

/// <summary>
/// How far somebody has read rows that are written anyway, each with the transaction that wrote it (<c>tx</c>). It is the
/// snapshot of the last reading: new is what can be seen now and could not be seen then. So nothing is skipped that commits
/// late, and nothing is read again while one transaction stays open for long.
/// </summary>
/// <param name="Reader">Who reads; unique in the schema.</param>
/// <param name="Seen">What the last reading could see; null where nothing was read yet, and after staff has said from where.</param>
/// <param name="Cluster">Where <paramref name="Seen"/> was taken; null with it.</param>
/// <param name="From">The moment from which staff wants all rows again; null where they said nothing since the last reading.</param>
/// <param name="Turn">How often staff has said from where.</param>
/// <param name="KeptAt">When it was last moved; null where it never was.</param>
public sealed record Bookmark(
    string Reader,
    PastSnapshot? Seen = null,
    ClusterMark? Cluster = null,
    DateTimeOffset? From = null,
    int Turn = 0,
    DateTimeOffset? KeptAt = null
)
{
    /// <summary>Whether it can still be read on from here: the numbers of transactions mean what they meant.</summary>
    public bool IsGoodIn(ClusterMark cluster) => Cluster is not { } mark || mark == cluster;

    /// <summary>Which rows are new.</summary>
    /// <param name="row">The name of a table in the statement, with columns <c>tx</c> and <c>at</c>.</param>
    internal SqlText IsNew(SqlText row) =>
        (Seen, From) switch
        {
            ({ } seen, _) => Sql.Part(
                $"({row}.tx >= {Sql.Value(seen.Next)} or {row}.tx = any({Sql.Value(seen.Running.ToArray())}))"
            ),
            (null, { } from) => Sql.Part($"({row}.tx is not null and {row}.at >= {Sql.Value(from)})"),
            _ => Sql.Part($"{row}.tx is not null"),
        };
}
