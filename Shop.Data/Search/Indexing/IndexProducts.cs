using Npgsql;
using Shop.Data.Catalog.Messages;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Indexing;

/// <summary>Reads these products from where they are kept, as they are now, whatever their status.</summary>
public delegate Task<IReadOnlyList<ProductDocument>> ReadProducts(
    IReadOnlyCollection<ProductId> products,
    CancellationToken cancel
);

/// <summary>
/// Copies products into the index, with their SKUs, codes and words. Repeated, it writes the same: what is delivered twice needs
/// no inbox.
/// </summary>
public sealed class IndexProducts(Database<SearchDb> database, Stems stems)
{
    // One transaction: some 20 ms, for which other writers wait.
    private const int ProductsPerBatch = 200;

    /// <param name="products">Which; any number, in any order.</param>
    /// <param name="read">Is asked for them while no other writer is.</param>
    /// <param name="cancel">Ends it; what was written by then stays.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public async Task RunAsync(IEnumerable<ProductId> products, ReadProducts read, CancellationToken cancel)
    {
        foreach (var part in products.Distinct().OrderBy(product => product.Value).Chunk(ProductsPerBatch))
        {
            await using var connection = await database.Primary.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await Revision.NextAsync(connection, cancel);
            await WriteAsync(connection, await read(part, cancel), cancel);
            await Revision.TouchAsync(
                connection,
                Sql.Part($"{Sql.Column(part, product => product.Value)}"),
                cancel
            );
            await transaction.CommitAsync(cancel);
        }
    }

    private async Task WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ProductDocument> products,
        CancellationToken cancel
    )
    {
        var titles = await TitlesAsync(connection, products, cancel);
        var words = products.Select(product => new ProductWords(product, titles[product.Id])).ToList();
        var stemOf = await stems.OfAsync(words.SelectMany(each => each.All), cancel);
        var vectors = words.ConvertAll(each => each.Vectors(stemOf));
        await WriteProductsAsync(connection, products, words, vectors, cancel);
        await WriteSkusAsync(connection, products, cancel);
        await WriteCodesAsync(connection, products, words, cancel);
    }

    /// <summary>The titles of a product's category and of all above it.</summary>
    private static async Task<ILookup<ProductId, string>> TitlesAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ProductDocument> products,
        CancellationToken cancel
    )
    {
        var titles = await connection.ListAsync(
            $"""
            select p.id, above.title
            from unnest(
                {Sql.Column(products, product => product.Id.Value)},
                {Sql.Column(products, product => product.Category?.Value)}) as p(id, category)
            join search.category own on own.category_id = p.category
            join search.category above on above.category_id = any(own.path)
            order by p.id, array_position(own.path, above.category_id)
            """,
            row => (Product: new ProductId(row.GetInt64(0)), Title: row.GetString(1)),
            cancel
        );
        return titles.ToLookup(row => row.Product, row => row.Title);
    }

    private static Task<int> WriteProductsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ProductDocument> products,
        List<ProductWords> words,
        List<(string Title, string Names, string All)> vectors,
        CancellationToken cancel
    )
    {
        return connection.ExecuteAsync(
            $"""
            insert into search.product as p (
                product_id, version, is_searchable, slug, title, title_words, brand, category_id, tags, created_at,
                updated_at, w_title, w_names, w_all)
            select id, version, is_searchable, slug, title, title_words, brand, category_id, string_to_array(tags, ','),
                created_at, updated_at, w_title::tsvector, w_names::tsvector, w_all::tsvector
            from unnest(
                {Column(product => product.Id.Value)}, {Column(product => product.Version)},
                {Column(product => product.IsOnSale && product.Variants.Count > 0)},
                {Column(product => product.Slug)}, {Column(product => product.Title)},
                {Sql.Column(words, each => each.Title)}, {Column(product => product.Brand)},
                {Column(product => product.Category?.Value)}, {Column(product =>
                string.Join(',', product.Tags)
            )},
                {Column(product => product.CreatedAt)}, {Column(product => product.UpdatedAt)},
                {Sql.Column(vectors, each => each.Title)}, {Sql.Column(vectors, each => each.Names)},
                {Sql.Column(vectors, each => each.All)}
            ) as d(id, version, is_searchable, slug, title, title_words, brand, category_id, tags, created_at, updated_at,
                w_title, w_names, w_all)
            on conflict (product_id) do update set
                version = excluded.version, is_searchable = excluded.is_searchable, slug = excluded.slug,
                title = excluded.title, title_words = excluded.title_words, brand = excluded.brand,
                category_id = excluded.category_id, tags = excluded.tags, created_at = excluded.created_at,
                updated_at = excluded.updated_at, w_title = excluded.w_title, w_names = excluded.w_names,
                w_all = excluded.w_all
            where excluded.version >= p.version
            """,
            cancel
        );

        NpgsqlParameter Column<T>(Func<ProductDocument, T> of) => Sql.Column(products, of);
    }

    private static Task<int> WriteSkusAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ProductDocument> products,
        CancellationToken cancel
    )
    {
        (ProductId Product, VariantDocument Sku, int Position)[] skus =
        [
            .. products.SelectMany(product =>
                product.Variants.Select((sku, position) => (product.Id, sku, position))
            ),
        ];
        var ids = Sql.Column(skus, row => row.Sku.Id.Value);
        return connection.ExecuteAsync(
            $"""
            with gone as (
                delete from search.sku
                where product_id = any({Sql.Column(
                products,
                product => product.Id.Value
            )}) and variant_id <> all({ids}))
            insert into search.sku (variant_id, product_id, price_minor, currency, options, position)
            select id, product, price, currency, options::jsonb, position from unnest(
                {ids}, {Sql.Column(skus, row => row.Product.Value)}, {Sql.Column(
                skus,
                row => row.Sku.PriceMinor
            )},
                {Sql.Column(skus, row => row.Sku.Currency)}, {Sql.Column(
                skus,
                row => StoredJson.Write(row.Sku.Options)
            )},
                {Sql.Column(
                skus,
                row => row.Position
            )}) as s(id, product, price, currency, options, position)
            on conflict (variant_id) do update set
                product_id = excluded.product_id, price_minor = excluded.price_minor, currency = excluded.currency,
                options = excluded.options, position = excluded.position
            """,
            cancel
        );
    }

    private static Task<int> WriteCodesAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ProductDocument> products,
        List<ProductWords> words,
        CancellationToken cancel
    )
    {
        (ProductId Product, string Code)[] codes =
        [
            .. products
                .Zip(words)
                .SelectMany(each => each.Second.Codes.Select(code => (each.First.Id, code))),
        ];
        var (ids, texts) = (Sql.Column(codes, row => row.Product.Value), Sql.Column(codes, row => row.Code));
        return connection.ExecuteAsync(
            $"""
            with told as (select * from unnest({texts}, {ids}) as t(code, product_id)),
            gone as (
                delete from search.code c
                where product_id = any({Sql.Column(products, product => product.Id.Value)})
                  and not exists (select from told t where t.code = c.code and t.product_id = c.product_id))
            insert into search.code (code, product_id) select code, product_id from told
            on conflict do nothing
            """,
            cancel
        );
    }
}
