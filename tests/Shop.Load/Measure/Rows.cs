using Npgsql;

namespace Shop.Load.Measure;

/// <summary>Reads what no client is told.</summary>
internal static class Rows
{
    /// <summary>Every row of an answer.</summary>
    public static async Task<IReadOnlyList<T>> ListAsync<T>(
        this NpgsqlDataSource database,
        string question,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancel
    )
    {
        await using var command = database.CreateCommand(question);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var list = new List<T>();
        while (await rows.ReadAsync(cancel))
        {
            list.Add(read(rows));
        }

        return list;
    }
}
