using Npgsql;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>The errors of one batch of an import: all are counted, and kept as long as there is room.</summary>
internal sealed class ErrorRows(CatalogImport import)
{
    /// <summary>Errors of one import that are kept: more than anybody reads, and a bounded number of rows.</summary>
    public const int MaxKept = 10_000;

    private readonly List<(int Line, RowFault Fault)> _errors = [];

    /// <summary>Counts an error.</summary>
    public void Add(int line, RowFault fault)
    {
        import.RowsFailed++;
        if (import.ErrorsKept < MaxKept)
        {
            import.ErrorsKept++;
            _errors.Add((line, fault));
        }
    }

    /// <summary>Writes those that are kept, in one statement; none where there is none.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (_errors.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            """
            insert into catalog.import_error (import_id, line, code, field, message, text)
            select $1, line, code, field, message, text
            from unnest($2, $3, $4, $5, $6) as e(line, code, field, message, text)
            on conflict do nothing
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(import.Id.Value));
        command.Parameters.Add(Sql.Value(_errors.Select(error => error.Line).ToArray()));
        command.Parameters.Add(Sql.Value(_errors.Select(error => (short)error.Fault.Code).ToArray()));
        command.Parameters.Add(Sql.Value(_errors.Select(error => error.Fault.Field).ToArray()));
        command.Parameters.Add(Sql.Value(_errors.Select(error => error.Fault.Message).ToArray()));
        command.Parameters.Add(Sql.Value(_errors.Select(error => error.Fault.Text).ToArray()));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
