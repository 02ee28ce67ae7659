using Npgsql;

namespace Shop.Data.Catalog.Import.Saving;

/// <summary>What a product of a batch is called in the shop.</summary>
/// <param name="Id">For the product, if it is new.</param>
/// <param name="Slug">Its own; for a new one, a slug that no other has, neither in the shop nor in the batch.</param>
/// <param name="Options">What is chosen on it now; empty for a new one.</param>
internal sealed record StoredName(long Id, string Slug, IReadOnlyList<ProductOption> Options)
{
    /// <summary>In the order of the products. What staff saves meanwhile waits, to be done on what the import has left.</summary>
    public static async Task<StoredName[]> LockAsync(
        NpgsqlConnection connection,
        IReadOnlyList<ProductDraft> products,
        NewId newId,
        CancellationToken cancel
    )
    {
        var ids = products.Select(_ => newId.Next()).ToArray();
        var wishes = products
            .Select((product, i) => SlugOf.Product(product.Title, product.Code, ids[i]))
            .ToArray();
        var stored = (
            await connection.ListAsync(
                $"""
                select code, id, slug, options::text from catalog.product
                where code = any({Sql.Column(products, product => product.Code)}) order by id for update
                """,
                row =>
                    (
                        Code: row.GetString(0),
                        Name: new StoredName(
                            row.GetInt64(1),
                            row.GetString(2),
                            StoredJson.Read<ProductOption[]>(row.GetString(3))
                        )
                    ),
                cancel
            )
        ).ToDictionary(row => row.Code, row => row.Name);
        var slugs = Sql.Value(wishes.SelectMany(slugs => slugs).ToArray());
        var taken = (
            await connection.ListAsync(
                $"select slug from catalog.product where slug = any({slugs})",
                row => row.GetString(0),
                cancel
            )
        ).ToHashSet();
        return
        [
            .. products.Select(
                (product, i) =>
                    stored.GetValueOrDefault(product.Code)
                    ?? new(ids[i], wishes[i].First(slug => taken.Add(slug)), [])
            ),
        ];
    }
}
