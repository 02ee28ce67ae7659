using Npgsql;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>Finds a slug for each product of a batch that no other product has, neither in the shop nor in the batch.</summary>
internal static class ProductSlugs
{
    /// <summary>In the order of the products; one that is known keeps its own. One statement.</summary>
    public static async Task<string[]> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<(ProductDraft Draft, long Id)> products,
        CancellationToken cancel
    )
    {
        var wishes = products
            .Select(product => SlugOf.Product(product.Draft.Title, product.Draft.Code, product.Id))
            .ToArray();
        var stored = (
            await connection.ListAsync(
                $"""
                select code, slug from catalog.product
                where code = any({Sql.Column(products, product => product.Draft.Code)})
                   or slug = any({Sql.Value(wishes.SelectMany(slugs => slugs).ToArray())})
                """,
                row => (Code: row.GetString(0), Slug: row.GetString(1)),
                cancel
            )
        ).ToDictionary(row => row.Code, row => row.Slug);
        var taken = stored.Values.ToHashSet();
        return
        [
            .. products.Select(
                (product, i) =>
                    stored.GetValueOrDefault(product.Draft.Code) ?? wishes[i].First(slug => taken.Add(slug))
            ),
        ];
    }
}
