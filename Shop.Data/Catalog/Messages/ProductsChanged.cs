using Shop.Data.Messages;

namespace Shop.Data.Catalog.Messages;

/// <summary>Products were added, changed or taken off sale, or SKUs of theirs were.</summary>
/// <param name="Products">One or more, each once.</param>
public sealed record ProductsChanged(IReadOnlyList<ProductId> Products) : IFact
{
    /// <inheritdoc />
    public static string Topic => "catalog.products_changed";

    /// <summary>The first product: who hears it reads the products as they are by then.</summary>
    public long Key => Products[0].Value;
}
