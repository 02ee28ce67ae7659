using Npgsql;
using Shop.Data.Catalog.Import.Reading;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>
/// Reads a file into <c>catalog.import_row</c>, a few thousand rows a transaction, each checked by itself. A worker that
/// takes over reads on after the last line that was committed.
/// </summary>
/// <param name="held">The import.</param>
/// <param name="columns">Which columns are read.</param>
/// <param name="maxRows">Where reading ends.</param>
/// <param name="announcements">Tells that it moved.</param>
internal sealed class StageRows(
    HeldImport held,
    ImportColumns columns,
    int maxRows,
    ImportAnnouncements announcements
)
{
    /// <summary>Long enough that commits do not count, short enough that a kill costs little and progress shows.</summary>
    public const int RowsPerBatch = 5_000;

    private readonly CatalogImport _import = held.Import;

    /// <summary>Reads to the end of the file, or as far as the policy lets it.</summary>
    /// <param name="connection">For the rows; the file is read over others.</param>
    /// <param name="file">From its start.</param>
    /// <param name="cancel">Ends it between two rows.</param>
    /// <exception cref="LeaseLostException">Another worker has taken it over.</exception>
    public async Task RunAsync(NpgsqlConnection connection, Stream file, CancellationToken cancel)
    {
        await using var lines = SourceLine
            .ReadAsync(file, _import.Format, columns, cancel)
            .GetAsyncEnumerator(cancel);
        while (!_import.IsRead && !_import.CancelRequested)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var errors = new ErrorRows(_import);
            await using (var copy = await connection.BeginBinaryImportAsync(StagedRow.Copy, cancel))
            {
                _import.IsRead = !await CopyAsync(copy, lines, errors, cancel);
                await copy.CompleteAsync(cancel);
            }

            _import.BytesRead = file.Position;
            _import.ColumnsNotRead = [.. columns.NotRead];
            await errors.WriteAsync(connection, cancel);
            await held.WriteAsync(connection, cancel);
            StopPoint.Reach("rows staged, not committed");
            await transaction.CommitAsync(cancel);
            await announcements.PublishAsync(_import.Id);
        }

        // Else the first plans are made for the empty table that it was.
        await connection.ExecuteAsync($"analyze catalog.import_row", cancel);
    }

    /// <returns>Whether more follows.</returns>
    private async Task<bool> CopyAsync(
        NpgsqlBinaryImporter copy,
        IAsyncEnumerator<SourceLine> lines,
        ErrorRows errors,
        CancellationToken cancel
    )
    {
        for (var read = 0; read < RowsPerBatch; )
        {
            if (!await lines.MoveNextAsync())
            {
                return false;
            }

            var line = lines.Current;
            if (line.Number <= _import.LastLine)
            {
                // A worker before this one has it.
                continue;
            }

            if (_import.RowsRead == maxRows)
            {
                line = SourceLine.BrokenOff(line.Number, $"the file has more than {maxRows} rows.");
            }

            read++;
            _import.LastLine = line.Number;
            var (row, fault) = line.Fields is { } fields
                ? ImportRow.Read(fields, columns)
                : (null, line.Fault);
            if (fault is not null)
            {
                errors.Add(line.Number, fault);
                if (Ends(fault))
                {
                    return false;
                }
            }
            else
            {
                _import.RowsRead++;
                _import.RowsStaged++;
                await StagedRow.WriteAsync(copy, _import.Id, line.Number, row!, cancel);
            }
        }

        return true;
    }

    private bool Ends(RowFault fault)
    {
        if (fault.Code is ImportErrorCode.Header or ImportErrorCode.BrokenOff)
        {
            return true;
        }

        _import.RowsRead++;
        return _import.Policy == ImportErrorPolicy.StopAtFirst;
    }
}
