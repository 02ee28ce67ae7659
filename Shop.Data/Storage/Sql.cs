using Npgsql;

namespace Shop.Data.Storage;

/// <summary>Short forms for set-based SQL.</summary>
internal static class Sql
{
    /// <summary>A positional parameter whose type is known, so that nothing is boxed or guessed.</summary>
    public static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

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
}
