using Npgsql;

namespace Shop.Data.Storage.Bookmarks;

/// <summary>Bookmarks in the table of one context.</summary>
internal static class BookmarkSql
{
    private static readonly SqlText _columns = Sql.Raw(
        "reader, snapshot, system_id, timeline, since, turn, kept_at"
    );

    extension(NpgsqlConnection connection)
    {
        /// <summary>Where somebody is; at the beginning where they have read nothing.</summary>
        /// <param name="schema">The context's.</param>
        /// <param name="reader">Who.</param>
        /// <param name="cancel">Ends it.</param>
        public async Task<Bookmark> BookmarkAsync(SqlText schema, string reader, CancellationToken cancel) =>
            await connection.FindAsync(
                $"select {_columns} from {schema}.bookmark where reader = {Sql.Value(reader)}",
                Read,
                cancel
            ) ?? new Bookmark(reader);

        /// <summary>Moves it to where a reading ended.</summary>
        /// <param name="schema">The context's.</param>
        /// <param name="bookmark">Where it ended; its turn is that with which it began.</param>
        /// <param name="now">When.</param>
        /// <param name="cancel">Ends it.</param>
        /// <returns>False where staff has said meanwhile from where: what was read then does not count.</returns>
        public async Task<bool> KeepAsync(
            SqlText schema,
            Bookmark bookmark,
            DateTimeOffset now,
            CancellationToken cancel
        ) =>
            await connection.ExecuteAsync(
                $"""
                insert into {schema}.bookmark as b ({_columns})
                values ({Sql.Value(bookmark.Reader)}, {Sql.Value(bookmark.Seen?.Text)},
                    {Sql.Value(bookmark.Cluster?.System)}, {Sql.Value(bookmark.Cluster?.Timeline)}, null,
                    {Sql.Value(bookmark.Turn)}, {Sql.Value(now)})
                on conflict (reader) do update
                set snapshot = excluded.snapshot, system_id = excluded.system_id, timeline = excluded.timeline,
                    since = null, kept_at = excluded.kept_at
                where b.turn = excluded.turn
                """,
                cancel
            ) == 1;
    }

    /// <summary>The bookmark of the current row, of a statement that selects all columns in the table's order.</summary>
    private static Bookmark Read(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            row.IsDBNull(1) ? null : PastSnapshot.Parse(row.GetString(1)),
            row.IsDBNull(2) ? null : new ClusterMark(row.GetInt64(2), row.GetInt32(3)),
            row.GetFieldValue<DateTimeOffset?>(4),
            row.GetInt32(5),
            row.GetFieldValue<DateTimeOffset?>(6)
        );
}
