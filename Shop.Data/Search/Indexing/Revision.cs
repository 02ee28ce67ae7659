using Npgsql;

namespace Shop.Data.Search.Indexing;

/// <summary>Orders those who write to the index.</summary>
internal static class Revision
{
    /// <summary>Revisions of which is known what they have touched; a node that is further behind reads everything.</summary>
    public const int Kept = 5_000;

    /// <summary>
    /// Takes the next revision, and with it the lock of all writers until the transaction ends: revisions become visible in their
    /// order, and what is read from here on is newer than all that an earlier writer has read.
    /// </summary>
    public static Task<int> NextAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteAsync($"update search.clock set revision = revision + 1", cancel);

    /// <summary>Writes down what the revision has touched, and forgets what one long ago has. Each revision does so once.</summary>
    /// <param name="connection">With the transaction that has taken it.</param>
    /// <param name="products">Their ids: an array, as SQL.</param>
    /// <param name="cancel">Ends it.</param>
    public static Task<int> TouchAsync(
        NpgsqlConnection connection,
        SqlText products,
        CancellationToken cancel
    ) =>
        connection.ExecuteAsync(
            $"""
            with forgotten as (
                delete from search.change where revision <= (select revision - {Kept} from search.clock))
            insert into search.change (revision, products) select revision, {products} from search.clock
            """,
            cancel
        );
}
