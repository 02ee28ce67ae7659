using System.Diagnostics;
using Npgsql;
using Shop.Data.Catalog.Messages;
using Shop.Data.Catalog.Prices;
using Shop.Data.Messages;

namespace Shop.Data.Catalog;

/// <summary>What a change of the catalogue tells other contexts: gathered in memory, written in the transaction of the change.</summary>
/// <param name="receivers">Who hears it; what no context hears is not written.</param>
/// <param name="now">The moment of the change.</param>
internal sealed class CatalogFacts(Receivers receivers, DateTimeOffset now)
{
    private readonly MessageRows _messages = new(receivers, now);

    /// <summary>Products that are not as they were, or new.</summary>
    public List<ProductId> Products { get; } = [];

    /// <summary>Products are not as they were.</summary>
    public void Changed(IReadOnlyList<ProductId> products)
    {
        Products.AddRange(products);
        Tell(products, new ProductsChanged(products));
    }

    /// <summary>Categories are not as they were, nor what stands below them.</summary>
    public void Changed(IReadOnlyList<CategoryId> categories) =>
        Tell(categories, new CategoriesChanged(categories));

    /// <summary>A price list, or prices of it, are not as they were.</summary>
    public void Changed(PriceListId list) => _messages.Add(new PriceListsChanged(list), Activity.Current?.Id);

    /// <summary>SKUs do not cost what they cost.</summary>
    public void Repriced(IReadOnlyList<VariantId> variants) => Tell(variants, new PricesChanged(variants));

    /// <summary>SKUs are there, to be opened with so many units where they were never counted.</summary>
    public void Added(IReadOnlyList<AddedVariant> variants) => Tell(variants, new VariantsAdded(variants));

    /// <summary>There are so many units of SKUs.</summary>
    public void Counted(CustomerId? actor, IReadOnlyList<CountedVariant> variants) =>
        Tell(variants, new VariantsCounted(actor, variants));

    /// <summary>One round trip; the bell rings with the commit.</summary>
    public Task WriteAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteAsync(
            [Sql.Batched(_messages.Insert("catalog")), new(MessageSql.Notify("catalog"))],
            cancel
        );

    private void Tell<TItem, TFact>(IReadOnlyList<TItem> about, TFact fact)
        where TFact : IFact
    {
        if (about.Count > 0)
        {
            _messages.Add(fact, Activity.Current?.Id);
        }
    }
}
