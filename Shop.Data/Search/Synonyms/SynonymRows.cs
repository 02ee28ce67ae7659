using Npgsql;
using Shop.Data.Search.Indexing;

namespace Shop.Data.Search.Synonyms;

/// <summary>A row of <see cref="SynonymTable"/>.</summary>
internal sealed record SynonymRow(SynonymId Id, int Version, string[] Words, bool IsOneWay)
{
    /// <summary>What the audit trail tells of it.</summary>
    public object Told => new { Words = string.Join(", ", Words), IsOneWay };

    /// <summary>Whether it says the same already.</summary>
    public bool Is(string[] words, bool isOneWay) =>
        IsOneWay == isOneWay && Words.SequenceEqual(words, StringComparer.Ordinal);
}

/// <summary>The rows of synonyms, for who changes them: in a transaction that has taken the next revision.</summary>
internal static class SynonymRows
{
    /// <summary>
    /// Takes the next revision, with the lock of all who write to the index, and marks it as one of synonyms: web hosts read them
    /// again, and answers that were kept are none any more. Undone where the transaction is.
    /// </summary>
    public static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await Revision.NextAsync(connection, cancel);
        await Revision.TouchAsync(connection, Sql.Raw("array[]::bigint[]"), cancel);
        await connection.ExecuteAsync($"update search.clock set synonyms_at = revision", cancel);
    }

    public static Task<SynonymRow?> FindAsync(
        NpgsqlConnection connection,
        SynonymId id,
        CancellationToken cancel
    ) => FindAsync(connection, Sql.Part($"id = {Sql.Value(id.Value)}"), cancel);

    /// <summary>The one that says just this; null where none does.</summary>
    public static Task<SynonymRow?> FindAsync(
        NpgsqlConnection connection,
        string[] words,
        bool isOneWay,
        CancellationToken cancel
    ) =>
        FindAsync(
            connection,
            Sql.Part($"words = {Sql.Value(words)} and is_one_way = {Sql.Value(isOneWay)}"),
            cancel
        );

    public static Task<int> CountAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.FindAsync($"select count(*)::int from search.synonym", row => row.GetInt32(0), cancel);

    public static Task WriteAsync(NpgsqlConnection connection, SynonymRow row, CancellationToken cancel) =>
        connection.ExecuteAsync(
            $"""
            insert into search.synonym (id, version, words, is_one_way)
            values (
                {Sql.Value(row.Id.Value)}, {Sql.Value(row.Version)}, {Sql.Value(row.Words)},
                {Sql.Value(row.IsOneWay)})
            on conflict (id) do update set
                version = excluded.version, words = excluded.words, is_one_way = excluded.is_one_way
            """,
            cancel
        );

    public static Task RemoveAsync(NpgsqlConnection connection, SynonymId id, CancellationToken cancel) =>
        connection.ExecuteAsync($"delete from search.synonym where id = {Sql.Value(id.Value)}", cancel);

    private static Task<SynonymRow?> FindAsync(
        NpgsqlConnection connection,
        SqlText which,
        CancellationToken cancel
    ) =>
        connection.FindAsync(
            $"select id, version, words, is_one_way from search.synonym where {which} order by id limit 1",
            row => new SynonymRow(
                new(row.GetInt64(0)),
                row.GetInt32(1),
                row.GetFieldValue<string[]>(2),
                row.GetBoolean(3)
            ),
            cancel
        );
}
