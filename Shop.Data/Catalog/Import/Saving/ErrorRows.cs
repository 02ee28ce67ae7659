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

        await connection.ExecuteAsync(
            $"""
            insert into catalog.import_error (import_id, line, code, field, message, text)
            select {Sql.Value(import.Id.Value)}, line, code, field, message, text
            from unnest(
                {Sql.Column(_errors, error => error.Line)},
                {Sql.Column(_errors, error => (short)error.Fault.Code)},
                {Sql.Column(_errors, error => error.Fault.Field)},
                {Sql.Column(_errors, error => error.Fault.Message)},
                {Sql.Column(_errors, error => error.Fault.Text)}) as e(line, code, field, message, text)
            on conflict do nothing
            """,
            cancel
        );
    }
}
