using Npgsql;

namespace Shop.Data.Storage;

/// <summary>Short forms for set-based SQL.</summary>
internal static class Sql
{
    /// <summary>A positional parameter whose type is known, so that nothing is boxed or guessed.</summary>
    public static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    /// <summary>The same of each row: an array, for <c>unnest</c>.</summary>
    public static NpgsqlParameter<T[]> Column<TRow, T>(IEnumerable<TRow> rows, Func<TRow, T> of) =>
        Value(rows.Select(of).ToArray());

    /// <summary>A part of a statement.</summary>
    public static SqlText Part(SqlText sql) => sql;

    /// <summary>A statement that goes by itself, over any connection of a pool.</summary>
    public static NpgsqlCommand Command(NpgsqlDataSource source, SqlText sql)
    {
        var command = source.CreateCommand();
        command.CommandText = sql.Bind(command.Parameters);
        return command;
    }

    /// <summary>A statement that goes by itself, in the transaction of a connection.</summary>
    public static NpgsqlCommand Command(NpgsqlConnection connection, SqlText sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql.Bind(command.Parameters);
        return command;
    }

    /// <summary>A statement that goes with others in one round trip.</summary>
    public static NpgsqlBatchCommand Batched(SqlText sql)
    {
        var command = new NpgsqlBatchCommand();
        command.CommandText = sql.Bind(command.Parameters);
        return command;
    }

    /// <summary>A statement without parameters or rows.</summary>
    public static async Task ExecuteAsync(
        this NpgsqlConnection connection,
        string sql,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Statements without rows, in one round trip. After one that fails, none is done.</summary>
    public static async Task ExecuteAsync(
        this NpgsqlConnection connection,
        IEnumerable<NpgsqlBatchCommand> commands,
        CancellationToken cancel
    )
    {
        await using var batch = connection.CreateBatch(commands);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Statements that go in one round trip.</summary>
    public static NpgsqlBatch CreateBatch(
        this NpgsqlConnection connection,
        IEnumerable<NpgsqlBatchCommand> commands
    )
    {
        var batch = connection.CreateBatch();
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    /// <summary>
    /// How far the primary's write-ahead log is, as text. Asked after the commit and in a statement of its own: inside,
    /// it is short of the commit record; and <c>insert_lsn</c> can name a place that no replica reaches for seconds.
    /// </summary>
    public static async Task<string> PositionAsync(this NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select pg_current_wal_lsn()::text", connection);
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }
}
