using Npgsql;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>Writes products and their SKUs, in the caller's transaction: two statements, whatever their number.</summary>
internal sealed class SaveProducts(NpgsqlConnection connection, NewId newId, TimeProvider clock)
{
    /// <summary>
    /// Adds what is new, changes what differs, leaves the rest alone, and what the file does not tell: only a row that changes
    /// gets a new version, and a product also when a SKU of it does. A product keeps its address, its status and its birthday
    /// for ever; a SKU keeps its product and its place.
    /// </summary>
    public async Task<(Tally Products, Tally Variants)> RunAsync(
        IReadOnlyList<ProductDraft> products,
        CatalogFacts facts,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var changedProducts = await WriteProductsAsync(products, now, cancel);
        var variants = products
            .SelectMany(product => product.Variants.Select(v => (product.Code, v)))
            .ToArray();
        var changedVariants = await WriteVariantsAsync(variants, now, cancel);
        var written = changedProducts.Select(row => row.ProductId).ToArray();
        long[] touched = [.. changedVariants.Select(row => row.ProductId).Except(written)];
        await TouchAsync([.. written, .. touched], touched, now, cancel);
        facts.Changed([.. written.Concat(touched).Select(id => new ProductId(id))]);
        facts.Repriced([
            .. changedVariants.Where(row => row.IsRepriced).Select(row => new VariantId(row.Id)),
        ]);
        return (
            TallyOf(changedProducts.Count(row => row.IsNew), changedProducts.Count, products.Count),
            TallyOf(changedVariants.Count(row => row.IsNew), changedVariants.Count, variants.Length)
        );
    }

    private async Task<List<(long ProductId, bool IsNew)>> WriteProductsAsync(
        IReadOnlyList<ProductDraft> products,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var names = await StoredName.LockAsync(connection, products, newId, cancel);
        var options = Sql.Column(products.Zip(names), OptionsOf);
        return await connection.ListAsync<(long, bool)>(
            $"""
            insert into catalog.product as p (
                id, code, slug, title, description, status, brand, category_id, tags, tax_class, options, price_from_minor,
                version, created_at, updated_at
            )
            select d.id, code, d.slug, d.title, coalesce(d.description, o.description, ''), 'Active',
                case when d.brand is null then o.brand else nullif(d.brand, '') end,
                case when d.category is null then o.category_id else nullif(d.category, 0) end,
                coalesce(string_to_array(d.tags, ','), o.tags, array[]::text[]),
                case when d.tax_class is null then o.tax_class else nullif(d.tax_class, '') end,
                coalesce(d.options::jsonb, o.options, '[]'), coalesce(o.price_from_minor, d.price_from), 1,
                d.created_at, {Sql.Value(now)}
            from unnest(
                {Sql.Column(names, name => name.Id)}, {Column(product => product.Code)},
                {Sql.Column(names, name => name.Slug)}, {Column(product => product.Title)},
                {Column(product => product.Description)}, {Column(product => product.Brand)},
                {Column(product => product.Category)}, {Column(product => product.Tags)},
                {Column(product => product.TaxClass)}, {options},
                {Column(product => product.Variants.Min(variant => variant.Price.Minor))},
                {Column(product => product.CreatedAt)}
            ) as d(id, code, slug, title, description, brand, category, tags, tax_class, options, price_from, created_at)
            left join catalog.product o using (code)
            on conflict (code) do update set
                title = excluded.title, description = excluded.description, brand = excluded.brand,
                category_id = excluded.category_id, tags = excluded.tags, tax_class = excluded.tax_class,
                options = excluded.options, version = p.version + 1, updated_at = excluded.updated_at
            where (p.title, p.description, p.brand, p.category_id, p.tags, p.tax_class, p.options) is distinct from (
                excluded.title, excluded.description, excluded.brand, excluded.category_id, excluded.tags,
                excluded.tax_class, excluded.options
            )
            returning p.id, xmax = 0
            """,
            row => (row.GetInt64(0), row.GetBoolean(1)),
            cancel
        );

        NpgsqlParameter Column<T>(Func<ProductDraft, T> of) => Sql.Column(products, of);
    }

    // SKUs that the file does not name keep their values: an option that is there gets what is new to it.
    private static string? OptionsOf((ProductDraft Draft, StoredName Name) product) =>
        product.Draft.Option is not { } told ? null
        : product.Name.Options is [var one] && one.Name == told.Name
            ? StoredJson.Write<ProductOption[]>([new(told.Name, [.. one.Values.Union(told.Values)])])
        : StoredJson.Write<ProductOption[]>([told]);

    private Task<List<(long ProductId, bool IsNew, long Id, bool IsRepriced)>> WriteVariantsAsync(
        IReadOnlyList<(string Code, VariantDraft Draft)> variants,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var (code, sku) = (Column(variant => variant.Code), Column(variant => variant.Draft.Sku));
        return connection.ListAsync<(long, bool, long, bool)>(
            $"""
            {Before(code, sku)},
            written as (
                insert into catalog.product_variant as v (
                    id, product_id, sku, title, selected_options, weight_grams, requires_shipping, price_minor, currency,
                    position, version, created_at, updated_at
                )
                select d.id, p.id, sku,
                    case when d.selected is null and b.selected_options <> '[]' then b.title else d.title end,
                    coalesce(d.selected::jsonb, b.selected_options), coalesce(d.grams, b.weight_grams, 0),
                    coalesce(d.ships, b.requires_shipping, true), d.price, d.currency,
                    coalesce(b.position, last.position + 1 + d.position, d.position), 1, d.created_at, {Sql.Value(
                now
            )}
                from unnest(
                    {Column(_ => newId.Next())}, {code}, {sku}, {Column(variant => variant.Draft.Title)},
                    {Column(variant => Selected(variant.Draft))},
                    {Column(variant => variant.Draft.WeightGrams)},
                    {Column(variant => variant.Draft.RequiresShipping)},
                    {Column(variant => variant.Draft.Price.Minor)},
                    {Column(variant => variant.Draft.Price.Currency)},
                    {Column(variant => variant.Draft.Position)}, {Column(variant => variant.Draft.CreatedAt)}
                ) as d(id, code, sku, title, selected, grams, ships, price, currency, position, created_at)
                join catalog.product p using (code)
                left join before b using (sku)
                left join last on last.product_id = p.id
                {IfItDiffers()}
                returning v.product_id, v.xmax = 0 as is_new, v.id, v.sku, v.price_minor, v.compare_at_minor, v.currency
            ),
            points as (
                insert into catalog.price_history (variant_id, at, price_minor, compare_at_minor, currency)
                select w.id, {Sql.Value(now)}, w.price_minor, w.compare_at_minor, w.currency
                from written w left join before b using (sku)
                where w.is_new or (b.price_minor, b.compare_at_minor, b.currency)
                    is distinct from (w.price_minor, w.compare_at_minor, w.currency)
            )
            select w.product_id, w.is_new, w.id,
                (b.price_minor, b.currency) is distinct from (w.price_minor, w.currency) and not w.is_new
            from written w left join before b using (sku)
            """,
            row => (row.GetInt64(0), row.GetBoolean(1), row.GetInt64(2), row.GetBoolean(3)),
            cancel
        );

        NpgsqlParameter Column<T>(Func<(string Code, VariantDraft Draft), T> of) => Sql.Column(variants, of);
    }

    private static string? Selected(VariantDraft variant) =>
        variant.SelectedOptions is { } selected ? StoredJson.Write(selected) : null;

    // A SKU that is there keeps its place, one that is new comes last.
    private static SqlText Before(NpgsqlParameter code, NpgsqlParameter sku) =>
        Sql.Part(
            $"""
            with before as (
                select sku, title, selected_options, weight_grams, requires_shipping, price_minor, compare_at_minor, currency,
                    position
                from catalog.product_variant where sku = any({sku})
            ),
            last as (
                select v.product_id, max(v.position) as position from catalog.product_variant v
                join catalog.product p on p.id = v.product_id
                where p.code = any({code}) group by v.product_id
            )
            """
        );

    // A price "before" that the new price has reached is none any more.
    private static SqlText IfItDiffers() =>
        Sql.Part(
            $"""
            on conflict (sku) do update set
                title = excluded.title, selected_options = excluded.selected_options,
                weight_grams = excluded.weight_grams, requires_shipping = excluded.requires_shipping,
                price_minor = excluded.price_minor, currency = excluded.currency,
                compare_at_minor = case when v.compare_at_minor > excluded.price_minor then v.compare_at_minor end,
                version = v.version + 1, updated_at = excluded.updated_at
            where v.product_id = excluded.product_id
              and (v.title, v.selected_options, v.weight_grams, v.requires_shipping, v.price_minor, v.currency)
                is distinct from (
                  excluded.title, excluded.selected_options, excluded.weight_grams, excluded.requires_shipping,
                  excluded.price_minor, excluded.currency
                )
            """
        );

    /// <summary>Has products cost what their cheapest SKU does, and tells those that changed in no other way.</summary>
    private Task<int> TouchAsync(long[] written, long[] untold, DateTimeOffset now, CancellationToken cancel)
    {
        var touched = Sql.Value(untold);
        return connection.ExecuteAsync(
            $"""
            update catalog.product p set
                version = version + (p.id = any({touched}))::int, updated_at = {Sql.Value(now)},
                price_from_minor = coalesce(cheapest.price_minor, price_from_minor)
            from (
                select product_id, min(price_minor) filter (where retired_at is null) as price_minor
                from catalog.product_variant where product_id = any({Sql.Value(written)}) group by product_id
            ) cheapest
            where p.id = cheapest.product_id
              and (p.id = any({touched}) or price_from_minor <> cheapest.price_minor)
            """,
            cancel
        );
    }

    private static Tally TallyOf(int added, int written, int all) =>
        new(added, written - added, all - written);
}
