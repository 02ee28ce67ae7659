using Npgsql;

namespace Shop.Data.Storage;

/// <summary>What set-based SQL is made of.</summary>
internal static class Sql
{
    /// <summary>A positional parameter whose type is known, so that nothing is boxed or guessed.</summary>
    public static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    /// <summary>The same of each row: an array, for <c>unnest</c>.</summary>
    public static NpgsqlParameter<T[]> Column<TRow, T>(IEnumerable<TRow> rows, Func<TRow, T> of) =>
        Value(rows.Select(of).ToArray());

    /// <summary>A part of a statement.</summary>
    public static SqlText Part(SqlText sql) => sql;

    /// <summary>A part that is SQL as it stands, such as the name of a schema. Never a text from outside the shop.</summary>
    public static SqlText Raw(string sql)
    {
        var text = new SqlText(sql.Length, formattedCount: 0);
        text.AppendLiteral(sql);
        return text;
    }

    /// <summary>A statement that goes with others in one round trip.</summary>
    public static NpgsqlBatchCommand Batched(SqlText sql)
    {
        var command = new NpgsqlBatchCommand();
        command.CommandText = sql.Bind(command.Parameters);
        return command;
    }
}
