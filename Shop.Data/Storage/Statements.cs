using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Shop.Data.Storage;

/// <summary>
/// Has statements done: in the transaction of a connection, or each by itself over any connection of a pool. Each is prepared
/// when a connection meets it first: their texts are constants, and so not many.
/// </summary>
internal static class Statements
{
    extension(NpgsqlConnection connection)
    {
        /// <summary>Has a statement done.</summary>
        /// <returns>How many rows it has written.</returns>
        public async Task<int> ExecuteAsync(SqlText sql, CancellationToken cancel)
        {
            await using var command = await connection.PreparedAsync(sql, cancel);
            return await command.ExecuteNonQueryAsync(cancel);
        }

        /// <summary>Statements without rows, in one round trip. After one that fails, none is done.</summary>
        public async Task ExecuteAsync(IEnumerable<NpgsqlBatchCommand> commands, CancellationToken cancel)
        {
            await using var batch = connection.CreateBatch(commands);
            await batch.PrepareAsync(cancel);
            await batch.ExecuteNonQueryAsync(cancel);
        }

        /// <summary>Statements that go in one round trip.</summary>
        public NpgsqlBatch CreateBatch(IEnumerable<NpgsqlBatchCommand> commands)
        {
            var batch = connection.CreateBatch();
            foreach (var command in commands)
            {
                batch.BatchCommands.Add(command);
            }

            return batch;
        }

        /// <summary>The first value of the first row; null where there is no row.</summary>
        public async Task<T?> ScalarAsync<T>(SqlText sql, CancellationToken cancel)
        {
            await using var command = await connection.PreparedAsync(sql, cancel);
            return (T?)await command.ExecuteScalarAsync(cancel);
        }

        /// <summary>The only row; null where there is none.</summary>
        public async Task<T?> FindAsync<T>(
            SqlText sql,
            Func<NpgsqlDataReader, T> read,
            CancellationToken cancel
        ) => (await connection.ListAsync(sql, read, cancel)).SingleOrDefault();

        /// <summary>All rows.</summary>
        public async Task<List<T>> ListAsync<T>(
            SqlText sql,
            Func<NpgsqlDataReader, T> read,
            CancellationToken cancel
        )
        {
            await using var command = await connection.PreparedAsync(sql, cancel);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            return await rows.ListAsync(read, cancel);
        }

        /// <summary>All rows, one by one, however many they are.</summary>
        public async IAsyncEnumerable<T> StreamAsync<T>(
            SqlText sql,
            Func<NpgsqlDataReader, T> read,
            [EnumeratorCancellation] CancellationToken cancel
        )
        {
            await using var command = await connection.PreparedAsync(sql, cancel);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                yield return read(rows);
            }
        }

        /// <summary>
        /// How far the primary's write-ahead log is, as text. Asked after the commit and in a statement of its own: inside,
        /// it is short of the commit record; and <c>insert_lsn</c> can name a place that no replica reaches for seconds.
        /// </summary>
        public async Task<string> PositionAsync(CancellationToken cancel) =>
            (await connection.ScalarAsync<string>($"select pg_current_wal_lsn()::text", cancel))!;
    }

    extension(NpgsqlDataSource source)
    {
        /// <summary>Has a statement done.</summary>
        /// <returns>How many rows it has written.</returns>
        public async Task<int> ExecuteAsync(SqlText sql, CancellationToken cancel)
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            return await connection.ExecuteAsync(sql, cancel);
        }

        /// <summary>The first value of the first row; null where there is no row.</summary>
        public async Task<T?> ScalarAsync<T>(SqlText sql, CancellationToken cancel)
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            return await connection.ScalarAsync<T>(sql, cancel);
        }

        /// <summary>The only row; null where there is none.</summary>
        public async Task<T?> FindAsync<T>(
            SqlText sql,
            Func<NpgsqlDataReader, T> read,
            CancellationToken cancel
        ) => (await source.ListAsync(sql, read, cancel)).SingleOrDefault();

        /// <summary>All rows.</summary>
        public Task<List<T>> ListAsync<T>(
            SqlText sql,
            Func<NpgsqlDataReader, T> read,
            CancellationToken cancel
        ) => source.StreamAsync(sql, read, cancel).ToListAsync(cancel).AsTask();

        /// <summary>All rows, one by one, however many they are.</summary>
        public async IAsyncEnumerable<T> StreamAsync<T>(
            SqlText sql,
            Func<NpgsqlDataReader, T> read,
            [EnumeratorCancellation] CancellationToken cancel
        )
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await foreach (var row in connection.StreamAsync(sql, read, cancel))
            {
                yield return row;
            }
        }
    }

    /// <summary>All rows of one of several statements.</summary>
    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlDataReader rows,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancel
    )
    {
        var list = new List<T>();
        while (await rows.ReadAsync(cancel))
        {
            list.Add(read(rows));
        }

        return list;
    }

    // Before it has values: PrepareRepeated says why.
    private static async Task<NpgsqlCommand> PreparedAsync(
        this NpgsqlConnection connection,
        SqlText sql,
        CancellationToken cancel
    )
    {
        var command = connection.CreateCommand();
        command.CommandText = sql.Bind(command.Parameters);
        try
        {
            await command.PrepareAsync(cancel);
        }
        catch (InvalidOperationException closed) when (connection.State != ConnectionState.Open)
        {
            throw new NpgsqlException("The connection was lost before.", closed);
        }

        return command;
    }
}
