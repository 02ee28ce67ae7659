using Npgsql;
using NpgsqlTypes;
using Shop.Data.Kernel;
using Shop.Data.Storage;

namespace Shop.Data.Catalog.Import;

/// <summary>
/// The rows of one file in a temporary table, so that the SKUs of a product come together wherever they stand in the
/// file, and no more than a page of them is ever in memory. It ends with its connection.
/// </summary>
internal sealed class StagedRows(NpgsqlConnection connection)
{
    /// <summary>Adds the rows that can be read and are goods; <paramref name="tally"/> hears of the others.</summary>
    public async Task FillAsync(
        IAsyncEnumerable<SourceLine> lines,
        ImportTally tally,
        CancellationToken cancel
    )
    {
        await connection.ExecuteAsync(
            """
            drop table if exists pg_temp.staged_row;
            create temporary table staged_row (
                line int, sku text, code text collate "C", title text, price_minor bigint, currency text,
                units_sold bigint, first_sold_on date
            )
            """,
            cancel
        );
        await using (
            var copy = await connection.BeginBinaryImportAsync("copy staged_row from stdin binary", cancel)
        )
        {
            await foreach (var line in lines.WithCancellation(cancel))
            {
                if (tally.Goods(line) is { } row)
                {
                    await WriteAsync(copy, line.Number, row, cancel);
                }
            }

            await copy.CompleteAsync(cancel);
        }

        await connection.ExecuteAsync("create index on staged_row (code, line); analyze staged_row", cancel);
    }

    /// <summary>Takes out every SKU that stands in the file before, and tells where.</summary>
    public async Task DropRepeatedAsync(ImportTally tally, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            delete from staged_row row using (
                select line, sku, first_value(line) over (partition by sku order by line) as first from staged_row
            ) seen
            where seen.line = row.line and seen.line > seen.first
            returning row.line, row.sku, seen.first
            """,
            connection
        );
        await using var repeated = await command.ExecuteReaderAsync(cancel);
        while (await repeated.ReadAsync(cancel))
        {
            tally.Fault(
                repeated.GetInt32(0),
                $"the SKU {repeated.GetString(1)} stands on line {repeated.GetInt32(2)} already"
            );
        }
    }

    /// <summary>The rows of the next article codes after <paramref name="code"/>, by code, then as in the file.</summary>
    public async Task<IReadOnlyList<ImportRow>> NextAsync(string code, int codes, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            select sku, code, title, price_minor, currency, units_sold, first_sold_on from staged_row
            where code > $1 and code <= (
                select max(code) from (
                    select distinct code from staged_row where code > $1 order by code limit $2
                ) page
            )
            order by code, line
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(code));
        command.Parameters.Add(Sql.Value(codes));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<ImportRow>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(
                new(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    new Money(reader.GetInt64(3), reader.GetString(4)),
                    reader.GetInt64(5),
                    await reader.IsDBNullAsync(6, cancel)
                        ? null
                        : await reader.GetFieldValueAsync<DateOnly>(6, cancel)
                )
            );
        }

        return rows;
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter copy,
        int line,
        ImportRow row,
        CancellationToken cancel
    )
    {
        await copy.StartRowAsync(cancel);
        await copy.WriteAsync(line, cancel);
        await copy.WriteAsync(row.Sku, cancel);
        await copy.WriteAsync(row.ProductCode, cancel);
        await copy.WriteAsync(row.Title, cancel);
        await copy.WriteAsync(row.Price.Minor, cancel);
        await copy.WriteAsync(row.Price.Currency, cancel);
        await copy.WriteAsync(row.UnitsSold, cancel);
        if (row.FirstSoldOn is { } day)
        {
            await copy.WriteAsync(day, NpgsqlDbType.Date, cancel);
        }
        else
        {
            await copy.WriteNullAsync(cancel);
        }
    }
}
