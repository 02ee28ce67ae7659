using Npgsql;

namespace Shop.Data.Storage.Bookmarks;

/// <summary>
/// The history that the numbers of transactions belong to. After a fail-over, and in a copy that was put back, the same numbers
/// are given once more, to others.
/// </summary>
/// <param name="System">PostgreSQL's system identifier.</param>
/// <param name="Timeline">Of the write-ahead log; rises with each promotion.</param>
public readonly record struct ClusterMark(long System, int Timeline)
{
    /// <summary>
    /// What to select on the primary. The timeline is of the log as it is written now: the control file tells it only after the
    /// next checkpoint.
    /// </summary>
    internal static SqlText Columns { get; } =
        Sql.Part(
            $"""
            (select system_identifier from pg_control_system()),
            ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
            """
        );

    /// <summary>The mark of the current row.</summary>
    /// <param name="row">Of a statement with <see cref="Columns"/>.</param>
    /// <param name="first">Where in the row they begin.</param>
    internal static ClusterMark Of(NpgsqlDataReader row, int first) =>
        new(row.GetInt64(first), row.GetInt32(first + 1));
}
