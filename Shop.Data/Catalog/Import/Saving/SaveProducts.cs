using Npgsql;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>Writes products and their SKUs, in the caller's transaction: two statements, whatever their number.</summary>
internal sealed class SaveProducts(NpgsqlConnection connection, NewId newId, TimeProvider clock)
{
    /// <summary>
    /// Adds what is new, changes what differs, leaves the rest alone: only a row that changes gets a new version, and a
    /// product also when a SKU of it does. A product keeps its address, its status and its birthday for ever; a SKU keeps its
    /// product.
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
        var written = changedProducts.Select(row => row.ProductId).ToList();
        long[] touched = [.. changedVariants.Select(row => row.ProductId).Except(written)];
        await TouchAsync(touched, now, cancel);
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
        var ids = products.Select(_ => newId.Next()).ToArray();
        var slugs = await ProductSlugs.ReadAsync(connection, [.. products.Zip(ids)], cancel);
        var at = Sql.Value(now);
        return await connection.ListAsync<(long, bool)>(
            $"""
            insert into catalog.product as p (
                id, code, slug, title, description, status, category_id, tags, options, price_from_minor, version,
                created_at, updated_at
            )
            select d.id, d.code, d.slug, d.title, d.description, 'Active', c.id, string_to_array(d.tags, ' '),
                d.options::jsonb, d.price_from, 1, d.created_at, {at}
            from unnest(
                {Sql.Value(ids)}, {Column(product => product.Code)}, {Sql.Value(slugs)},
                {Column(product => product.Title)}, {Column(product => product.Description)},
                {Column(product => product.Category.Slug)}, {Column(product => string.Join(' ', product.Tags))},
                {Column(product => StoredJson.Write(product.Options))},
                {Column(product => product.Variants.Min(variant => variant.Price.Minor))},
                {Column(product => product.CreatedAt)}
            ) as d(id, code, slug, title, description, category, tags, options, price_from, created_at)
            left join catalog.category c on c.slug = d.category
            on conflict (code) do update set
                title = excluded.title, description = excluded.description, category_id = excluded.category_id,
                tags = excluded.tags, options = excluded.options, price_from_minor = excluded.price_from_minor,
                version = p.version + 1, updated_at = excluded.updated_at
            where (p.title, p.description, p.category_id, p.tags, p.options, p.price_from_minor) is distinct from (
                excluded.title, excluded.description, excluded.category_id, excluded.tags, excluded.options,
                excluded.price_from_minor
            )
            returning p.id, xmax = 0
            """,
            row => (row.GetInt64(0), row.GetBoolean(1)),
            cancel
        );

        NpgsqlParameter Column<T>(Func<ProductDraft, T> of) => Sql.Column(products, of);
    }

    private Task<List<(long ProductId, bool IsNew, long Id, bool IsRepriced)>> WriteVariantsAsync(
        IReadOnlyList<(string Code, VariantDraft Draft)> variants,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var (sku, at) = (Column(variant => variant.Draft.Sku), Sql.Value(now));
        // A price "before" that the new price has reached is none any more.
        return connection.ListAsync<(long, bool, long, bool)>(
            $"""
            with before as (
                select sku, price_minor, currency from catalog.product_variant where sku = any({sku})
            ),
            written as (
                insert into catalog.product_variant as v (
                    id, product_id, sku, title, selected_options, price_minor, currency, position, version, created_at, updated_at
                )
                select d.id, p.id, d.sku, d.title, d.selected::jsonb, d.price, d.currency, d.position, 1, d.created_at, {at}
                from unnest(
                    {Column(_ => newId.Next())}, {Column(variant => variant.Code)}, {sku},
                    {Column(variant => variant.Draft.Title)},
                    {Column(variant => StoredJson.Write(variant.Draft.SelectedOptions))},
                    {Column(variant => variant.Draft.Price.Minor)},
                    {Column(variant => variant.Draft.Price.Currency)},
                    {Column(variant => variant.Draft.Position)}, {Column(variant => variant.Draft.CreatedAt)}
                ) as d(id, code, sku, title, selected, price, currency, position, created_at)
                join catalog.product p using (code)
                on conflict (sku) do update set
                    title = excluded.title, selected_options = excluded.selected_options,
                    price_minor = excluded.price_minor, currency = excluded.currency, position = excluded.position,
                    compare_at_minor = case when v.compare_at_minor > excluded.price_minor then v.compare_at_minor end,
                    version = v.version + 1, updated_at = excluded.updated_at
                where v.product_id = excluded.product_id
                  and (v.title, v.selected_options, v.price_minor, v.currency, v.position) is distinct from (
                    excluded.title, excluded.selected_options, excluded.price_minor, excluded.currency, excluded.position
                  )
                returning v.product_id, v.xmax = 0 as is_new, v.id, v.sku, v.price_minor, v.currency
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

    private Task<int> TouchAsync(long[] productIds, DateTimeOffset now, CancellationToken cancel) =>
        connection.ExecuteAsync(
            $"""
            update catalog.product set version = version + 1, updated_at = {Sql.Value(now)}
            where id = any({Sql.Value(productIds)})
            """,
            cancel
        );

    private static Tally TallyOf(int added, int written, int all) =>
        new(added, written - added, all - written);
}
