using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Data.Catalog.Messages;
using Shop.Data.Messages;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>
/// Saves staged rows product by product, a batch a transaction: with how far it is in the same one, and with what other
/// contexts are told of it, such as Inventory the units that SKUs open with.
/// </summary>
internal sealed class SaveRows(
    HeldImport held,
    NpgsqlConnection connection,
    Receivers receivers,
    ImportAnnouncements announcements,
    CatalogAnnouncements catalog,
    NewId newId,
    TimeProvider clock,
    ILogger log
)
{
    /// <summary>
    /// Rows of a batch, and what is missing of the last one's product: long enough that round trips do not count, short
    /// enough that memory is flat and a kill costs little.
    /// </summary>
    public const int RowsPerBatch = 2_000;

    private readonly CatalogImport _import = held.Import;
    private readonly SaveProducts _products = new(connection, newId, clock);
    private readonly SaveCategories _categories = new(connection, held, receivers, newId, clock);

    /// <summary>
    /// Goes on after the last product that is saved, to the last one of the file or until it is called off. A batch that the
    /// database refuses is halved until the product at fault stands alone: its rows are reported, all others are saved.
    /// </summary>
    /// <exception cref="LeaseLostException">Another worker has taken it over.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        await _categories.RunAsync(cancel);
        if (_categories.Added is { Count: > 0 } added)
        {
            await catalog.PublishAsync(new CatalogChange { Categories = added });
        }

        var most = RowsPerBatch;
        while (!_import.CancelRequested)
        {
            IReadOnlyList<ProductId> changed = [];
            try
            {
                if (await SaveBatchAsync(most, cancel) is not { } saved)
                {
                    return;
                }

                changed = saved;

                most = Math.Min(2 * most, RowsPerBatch);
            }
            catch (PostgresException refusal) when (IsOfTheRows(refusal))
            {
                most /= 2;
                if (most == 0)
                {
                    most = 1;
                    await RefuseAsync(refusal, cancel);
                }
            }

            StopPoint.Reach("products committed, nobody told");
            await catalog.PublishAsync(changed);
            await announcements.PublishAsync(_import.Id);
        }
    }

    // Data exceptions, broken constraints, and keys too long for an index.
    private static bool IsOfTheRows(PostgresException refusal) =>
        refusal.SqlState[..2] is "22" or "23" or "54";

    /// <returns>Products that are new or have changed; null where nothing was left to save.</returns>
    private async Task<IReadOnlyList<ProductId>?> SaveBatchAsync(int most, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var rows = await NextAsync(most, cancel);
        if (rows.Count == 0)
        {
            return null;
        }

        var good = rows.Where(row => row.Owner is null).ToArray();
        var drafts = good.GroupBy(row => row.Row.ProductCode)
            .Select(group =>
                ProductDraft.Of(
                    [.. group.Select(row => row.Row)],
                    hasNew: group.Any(row => row.IsNew),
                    _categories.Find,
                    clock.GetUtcNow()
                )
            )
            .ToArray();
        var facts = new CatalogFacts(receivers, clock.GetUtcNow());
        var (products, variants) = await _products.RunAsync(drafts, facts, cancel);
        _import.Count(good.Length, products, variants);
        var stock = await UnitsAsync([.. good.Select(row => row.Row)], cancel);
        facts.Counted(
            _import.ActorId,
            [
                .. from sku in stock
                where sku.Told is not null
                select new CountedVariant(sku.Variant, sku.Told!.Value),
            ]
        );
        if (_import.OpensStock)
        {
            // Also SKUs that were known: an earlier import may have left them uncounted.
            facts.Added([
                .. from sku in stock
                where sku.Told is null
                select new AddedVariant(sku.Variant, OpeningStock.Of(sku.Sold)),
            ]);
        }

        await facts.WriteAsync(connection, cancel);
        await EndAsync(
            transaction,
            rows[^1].Row.ProductCode,
            rows.Where(row => row.Owner is not null)
                .Select(row => (row.Line, OfAnotherProduct(row.Row, row.Owner!))),
            cancel
        );
        return facts.Products;
    }

    /// <summary>Reports the rows of the next product, and leaves it out.</summary>
    private async Task RefuseAsync(PostgresException refusal, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var rows = await NextAsync(most: 1, cancel);
        var code = rows[^1].Row.ProductCode;
        log.ImportRowsRefused(_import.Id.Value, code, refusal);
        var fault = RowFault.Of(
            ImportErrorCode.NotSaved,
            field: null,
            $"the database refuses the product {code} ({refusal.ConstraintName ?? refusal.SqlState})",
            code
        );
        await EndAsync(transaction, code, rows.Select(row => (row.Line, fault)), cancel);
    }

    /// <summary>Writes down that all is done up to a product, and the errors on the way there.</summary>
    private async Task EndAsync(
        NpgsqlTransaction transaction,
        string code,
        IEnumerable<(int Line, RowFault Fault)> faults,
        CancellationToken cancel
    )
    {
        var errors = new ErrorRows(_import);
        foreach (var (line, fault) in faults)
        {
            errors.Add(line, fault);
        }

        _import.Code = code;
        await errors.WriteAsync(connection, cancel);
        await held.WriteAsync(connection, cancel);
        StopPoint.Reach("products saved, not committed");
        await transaction.CommitAsync(cancel);
    }

    private static RowFault OfAnotherProduct(ImportRow row, string owner) =>
        RowFault.Of(
            ImportErrorCode.SkuOfAnotherProduct,
            "sku",
            $"the SKU {row.Sku} belongs to the product {owner}",
            row.Sku
        );

    /// <summary>The rows of the next article codes, by code, then as in the file; whether their SKUs are new; and whose they are, if another product's.</summary>
    private async Task<IReadOnlyList<(int Line, ImportRow Row, bool IsNew, string? Owner)>> NextAsync(
        int most,
        CancellationToken cancel
    )
    {
        var (import, code) = (Sql.Value(_import.Id.Value), Sql.Value(_import.Code));
        return await connection.ListAsync<(int, ImportRow, bool, string?)>(
            $"""
            select r.line, r.sku, r.code, r.title, r.description, r.brand, r.category, r.tags, r.option, r.option_value,
                r.tax_class, r.weight_grams, r.requires_shipping, r.price_minor, r.currency, r.stock, r.units_sold,
                r.first_sold_on, v.id is null, nullif(p.code, r.code)
            from catalog.import_row r
            left join catalog.product_variant v on v.sku = r.sku
            left join catalog.product p on p.id = v.product_id
            where r.import_id = {import} and r.code > {code} and r.code <= (
                select max(code) from (
                    select code from catalog.import_row where import_id = {import} and code > {code}
                    order by code, line limit {Sql.Value(most)}
                ) page
            )
            order by r.code, r.line
            """,
            row =>
                (
                    row.GetInt32(0),
                    new(
                        row.GetString(1),
                        row.GetString(2),
                        row.GetString(3),
                        Description: row.GetValue(4) as string,
                        Brand: row.GetValue(5) as string,
                        Category: row.GetValue(6) as string,
                        Tags: row.GetValue(7) as string,
                        Option: row.GetValue(8) as string,
                        OptionValue: row.GetValue(9) as string,
                        TaxClass: row.GetValue(10) as string,
                        row.GetFieldValue<int?>(11),
                        row.GetFieldValue<bool?>(12),
                        new(row.GetInt64(13), row.GetString(14)),
                        row.GetFieldValue<int?>(15),
                        row.GetFieldValue<long?>(16),
                        row.GetFieldValue<DateOnly?>(17)
                    ),
                    row.GetBoolean(18),
                    row.GetValue(19) as string
                ),
            cancel
        );
    }

    private async Task<List<(VariantId Variant, int? Told, long Sold)>> UnitsAsync(
        ImportRow[] rows,
        CancellationToken cancel
    ) =>
        await connection.ListAsync<(VariantId, int?, long)>(
            $"""
            select v.id, r.stock, coalesce(r.units_sold, 0)
            from unnest(
                {Sql.Column(rows, row => row.Sku)},
                {Sql.Column(rows, row => row.Stock)},
                {Sql.Column(rows, row => row.UnitsSold)}
            ) as r(sku, stock, units_sold)
            join catalog.product_variant v using (sku)
            order by v.id
            """,
            row => (new(row.GetInt64(0)), row.GetFieldValue<int?>(1), row.GetInt64(2)),
            cancel
        );
}
