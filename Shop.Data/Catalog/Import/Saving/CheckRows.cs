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

    private Task<(int Failed, int? First, int Kept)> TakeOutAsync(
        NpgsqlConnection connection,
        CancellationToken cancel
    )
    {
        var import = Sql.Value(_import.Id.Value);
        return connection.FindAsync(
            $"""
            {Known(import)},
            faulty as (
                select distinct on (line) line, code, field, message, text from (
                    {BesideOthers(import)}
                    union all
                    {OfTheShop(import)}
                    union all
                    {OfOptions(import)}
                ) found
                order by line, code
            ),
            gone as (
                delete from catalog.import_row r using faulty where r.import_id = {import} and r.line = faulty.line
            ),
            kept as (
                insert into catalog.import_error (import_id, line, code, field, message, text)
                select {import}, line, code, field, message, text from faulty
                order by line limit {Sql.Value(ErrorRows.MaxKept - _import.ErrorsKept)}
                returning line
            )
            select count(*)::int, min(line), (select count(*)::int from kept) from faulty
            """,
            row => (row.GetInt32(0), row.GetFieldValue<int?>(1), row.GetInt32(2)),
            cancel
        );
    }

    // Rows of products that are in the shop; such a product is partial where the file does not name all of its SKUs.
    private static SqlText Known(NpgsqlParameter import) =>
        Sql.Part(
            $"""
            with partial as (
                select distinct p.id from catalog.product p
                join catalog.product_variant v on v.product_id = p.id and v.retired_at is null
                left join catalog.import_row r on r.import_id = {import} and r.sku = v.sku
                where r.sku is null and p.code in (select code from catalog.import_row where import_id = {import})
            ),
            known as (
                select r.*, p.options, v.id is null as is_new, partial.id is not null as is_partial
                from catalog.import_row r
                join catalog.product p using (code)
                left join catalog.product_variant v on v.sku = r.sku
                left join partial on partial.id = p.id
                where r.import_id = {import}
            )
            """
        );

    private static SqlText BesideOthers(NpgsqlParameter import) =>
        Sql.Part(
            $"""
            select line, {(int)ImportErrorCode.DuplicateSku} as code, 'sku' as field,
                'the SKU ' || sku || ' stands on line ' || first || ' already' as message, sku as text
            from (
                select line, sku, first_value(line) over (partition by sku order by line) as first
                from catalog.import_row where import_id = {import}
            ) seen
            where line > first
            union all
            select line, {(int)ImportErrorCode.TooManySkus}, 'product_code',
                'the product ' || code || ' has more than {MaxSkusOfProduct} SKUs', code
            from (
                select line, code, row_number() over (partition by code order by line) as place
                from catalog.import_row where import_id = {import}
            ) placed
            where place > {MaxSkusOfProduct}
            """
        );

    private static SqlText OfTheShop(NpgsqlParameter import) =>
        Sql.Part(
            $"""
            select r.line, {(int)ImportErrorCode.SkuOfAnotherProduct}, 'sku',
                'the SKU ' || r.sku || ' belongs to the product ' || p.code, r.sku
            from catalog.import_row r
            join catalog.product_variant v on v.sku = r.sku
            join catalog.product p on p.id = v.product_id
            where r.import_id = {import} and p.code <> r.code
            union all
            select line, {(int)ImportErrorCode.InvalidValue}, 'option',
                'the product ' || code || ' has other options in the shop', option
            from known
            where jsonb_array_length(options) > 1 and option is not null
               or is_partial and option <> coalesce(options -> 0 ->> 'name', '')
            union all
            select line, {(int)ImportErrorCode.Missing}, 'option',
                'the product ' || code || ' is in the shop, so a new SKU of it has to tell its option', sku
            from known
            where option is null and is_new
              and (is_partial or options -> 0 ->> 'name' <> '{Sql.Raw(ProductDraft.ByTitle)}')
            """
        );

    private static SqlText OfOptions(NpgsqlParameter import) =>
        Sql.Part(
            $"""
            select line, {(int)ImportErrorCode.InvalidValue}, 'option_value',
                'the choice ' || option_value || ' stands on line ' || first || ' already', option_value
            from (
                select line, option_value,
                    first_value(line) over (partition by code, option_value order by line) as first
                from catalog.import_row where import_id = {import} and option is not null
            ) chosen
            where line > first
            union all
            select line, {(int)ImportErrorCode.InvalidValue}, 'option',
                'another row of the product ' || code || ' has another option, or none', option
            from (
                select line, code, option, first_value(option) over (partition by code order by line) as first
                from catalog.import_row where import_id = {import}
            ) named
            where option is distinct from first
            """
        );

    private Task<int> ForgetAfterAsync(NpgsqlConnection connection, int line, CancellationToken cancel)
    {
        var (import, last) = (Sql.Value(_import.Id.Value), Sql.Value(line));
        return connection.ExecuteAsync(
            $"""
            with gone as (delete from catalog.import_row where import_id = {import} and line > {last})
            delete from catalog.import_error where import_id = {import} and line <> {last}
            """,
            cancel
        );
    }

    private Task<int> CountAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ScalarAsync<int>(
            $"select count(*)::int from catalog.import_row where import_id = {Sql.Value(_import.Id.Value)}",
            cancel
        );
}
