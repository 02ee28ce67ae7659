using Npgsql;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>
/// Takes out the rows that cannot be saved beside others: those of the file, and those of the shop. One statement, whatever
/// their number; after it no row can be refused but one whose SKU another product takes meanwhile.
/// </summary>
internal sealed class CheckRows(HeldImport held)
{
    /// <summary>SKUs of one product: a batch holds whole products, and has to stay small.</summary>
    private const int MaxSkusOfProduct = 1_000;

    private readonly CatalogImport _import = held.Import;

    /// <exception cref="LeaseLostException">Another worker has taken it over.</exception>
    public async Task RunAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var (failed, first, kept) = await TakeOutAsync(connection, cancel);
        if (first is { } line && _import.Policy == ImportErrorPolicy.StopAtFirst)
        {
            // It stands before the error at which reading ended.
            await ForgetAfterAsync(connection, line, cancel);
            (_import.RowsFailed, _import.ErrorsKept) = (1, 1);
            _import.RowsStaged = await CountAsync(connection, cancel);
        }
        else
        {
            _import.RowsFailed += failed;
            _import.ErrorsKept += kept;
            _import.RowsStaged -= failed;
        }

        _import.IsStaged = true;
        await held.WriteAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task<(int Failed, int? First, int Kept)> TakeOutAsync(
        NpgsqlConnection connection,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            with faulty as (
                select distinct on (line) line, code, field, message, text from (
                    select line, {(int)ImportErrorCode.DuplicateSku} as code, 'sku' as field,
                        'the SKU ' || sku || ' stands on line ' || first || ' already' as message, sku as text
                    from (
                        select line, sku, first_value(line) over (partition by sku order by line) as first
                        from catalog.import_row where import_id = $1
                    ) seen
                    where line > first
                    union all
                    select r.line, {(int)ImportErrorCode.SkuOfAnotherProduct}, 'sku',
                        'the SKU ' || r.sku || ' belongs to the product ' || p.code, r.sku
                    from catalog.import_row r
                    join catalog.product_variant v on v.sku = r.sku
                    join catalog.product p on p.id = v.product_id
                    where r.import_id = $1 and p.code <> r.code
                    union all
                    select line, {(int)ImportErrorCode.TooManySkus}, 'product_code',
                        'the product ' || code || ' has more than {MaxSkusOfProduct} SKUs', code
                    from (
                        select line, code, row_number() over (partition by code order by line) as place
                        from catalog.import_row where import_id = $1
                    ) placed
                    where place > {MaxSkusOfProduct}
                ) found
                order by line, code
            ),
            gone as (
                delete from catalog.import_row r using faulty where r.import_id = $1 and r.line = faulty.line
            ),
            kept as (
                insert into catalog.import_error (import_id, line, code, field, message, text)
                select $1, line, code, field, message, text from faulty order by line limit $2
                returning line
            )
            select count(*)::int, min(line), (select count(*)::int from kept) from faulty
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(_import.Id.Value));
        command.Parameters.Add(Sql.Value(ErrorRows.MaxKept - _import.ErrorsKept));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        await rows.ReadAsync(cancel);
        return (
            rows.GetInt32(0),
            await rows.IsDBNullAsync(1, cancel) ? null : rows.GetInt32(1),
            rows.GetInt32(2)
        );
    }

    private async Task ForgetAfterAsync(NpgsqlConnection connection, int line, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            with gone as (delete from catalog.import_row where import_id = $1 and line > $2)
            delete from catalog.import_error where import_id = $1 and line <> $2
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(_import.Id.Value));
        command.Parameters.Add(Sql.Value(line));
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<int> CountAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select count(*)::int from catalog.import_row where import_id = $1",
            connection
        );
        command.Parameters.Add(Sql.Value(_import.Id.Value));
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }
}
