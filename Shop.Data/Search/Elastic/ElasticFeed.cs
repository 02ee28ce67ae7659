using Npgsql;
using NpgsqlTypes;
using Shop.Data.Search.Columns;

namespace Shop.Data.Search.Elastic;

/// <summary>A product as it is to be written, and of which revision that is: an older one does not take the place of a newer.</summary>
internal sealed record VersionedDocument(long Revision, ElasticDocument Document);

/// <summary>Reads products out of the index for Elasticsearch, from the primary: as new as the revision that stands with them.</summary>
internal static class ElasticFeed
{
    /// <summary>These products, on sale or not.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public static Task<List<VersionedDocument>> OfAsync(
        Database<SearchDb> database,
        IReadOnlyCollection<long> products,
        CancellationToken cancel
    ) => ReadAsync(database, Sql.Part($"p.product_id = any({Sql.Value(products.ToArray())})"), cancel);

    /// <summary>The next products on sale by their ids; empty after the last.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    public static Task<List<VersionedDocument>> PageAsync(
        Database<SearchDb> database,
        long after,
        int limit,
        CancellationToken cancel
    ) =>
        ReadAsync(
            database,
            Sql.Part(
                $"""
                p.product_id in (
                    select product_id from search.product where product_id > {Sql.Value(
                    after
                )} and is_searchable
                    order by product_id limit {Sql.Value(limit)})
                order by p.product_id
                """
            ),
            cancel
        );

    private static Task<List<VersionedDocument>> ReadAsync(
        Database<SearchDb> database,
        SqlText condition,
        CancellationToken cancel
    ) =>
        database.Primary.ListAsync(
            ColumnFeed.Of(
                condition,
                Sql.Raw(
                    """
                    , (select revision from search.clock), p.is_searchable, p.title_words, p.w_title, p.w_names, p.w_all,
                    array(select code from search.code k where k.product_id = p.product_id)
                    """
                )
            ),
            Read,
            cancel
        );

    private static VersionedDocument Read(NpgsqlDataReader row)
    {
        var product = ColumnFeed.Read(row);
        var facts = product.Facts;
        var document = new ElasticDocument
        {
            Product = product.Id.Value,
            IsSearchable = row.GetBoolean(ColumnFeed.Columns + 1),
            TitleExact = row.GetString(ColumnFeed.Columns + 2),
            Title = ElasticWords.Of(row.GetFieldValue<NpgsqlTsVector>(ColumnFeed.Columns + 3)),
            Names = ElasticWords.Of(row.GetFieldValue<NpgsqlTsVector>(ColumnFeed.Columns + 4)),
            All = ElasticWords.Of(row.GetFieldValue<NpgsqlTsVector>(ColumnFeed.Columns + 5)),
            Codes = row.GetFieldValue<string[]>(ColumnFeed.Columns + 6),
            SortTitle = facts.SortTitle,
            Popularity = facts.Popularity,
            CreatedAt = facts.CreatedAt.UtcTicks,
            UpdatedAt = facts.UpdatedAt.UtcTicks,
            Slug = facts.Slug,
            Brand = Values(product, FacetKind.Brand),
            Tags = Values(product, FacetKind.Tag),
            Categories = [.. Values(product, FacetKind.Category).Select(Id)],
            Skus = [],
        };
        return new(
            row.GetInt64(ColumnFeed.Columns),
            document with
            {
                Skus = [.. product.Skus.Select((sku, position) => SkuOf(document, sku, position))],
            }
        );
    }

    private static ElasticSku SkuOf(ElasticDocument product, ColumnSku sku, int position) =>
        new(
            sku.Id.Value,
            position,
            sku.Price.Minor,
            sku.Price.Currency,
            sku.Available,
            sku.Available > 0 ? 1 : 0,
            [.. sku.Terms.Select(term => ElasticDocument.OptionOf(term.Facet.Name, term.Value))],
            product.Product,
            product.CreatedAt,
            product.UpdatedAt,
            product.Slug,
            product.Brand,
            product.Tags,
            product.Categories
        );

    private static string[] Values(ColumnProduct product, FacetKind kind) =>
        [.. product.Terms.Where(term => term.Facet.Kind == kind).Select(term => term.Value)];

    private static long Id(string value) =>
        long.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
}
