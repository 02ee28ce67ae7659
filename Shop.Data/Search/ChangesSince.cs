using Npgsql;

namespace Shop.Data.Search;

/// <summary>What has changed in the index, for whoever follows it.</summary>
internal static class ChangesSince
{
    /// <summary>Reads it in one statement, and so of one moment.</summary>
    /// <param name="primary">Where the index is written.</param>
    /// <param name="revision">Up to which it is known.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>
    /// How far the index is, at which of its revisions staff last changed synonyms, and the products that were touched since; null where
    /// that is no longer known.
    /// </returns>
    public static Task<(IndexAge Age, long SynonymsAt, long[]? Products)> ReadAsync(
        NpgsqlDataSource primary,
        long revision,
        CancellationToken cancel
    )
    {
        var since = Sql.Value(revision);
        return primary.FindAsync(
            $"""
            select c.revision, c.as_of, c.synonyms_at,
                (select count(*) from search.change where revision > {since}) = c.revision - {since},
                array(select distinct unnest(products) from search.change where revision > {since})
            from search.clock c
            """,
            row =>
                (
                    new IndexAge(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)),
                    row.GetInt64(2),
                    row.GetBoolean(3) ? row.GetFieldValue<long[]>(4) : null
                ),
            cancel
        );
    }
}
