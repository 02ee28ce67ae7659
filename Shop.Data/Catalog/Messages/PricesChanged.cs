using Shop.Data.Messages;

namespace Shop.Data.Catalog.Messages;

/// <summary>SKUs cost more or less than before.</summary>
/// <param name="Variants">One or more, each once; none of them is new.</param>
public sealed record PricesChanged(IReadOnlyList<VariantId> Variants) : IFact
{
    /// <inheritdoc />
    public static string Topic => "catalog.prices_changed";

    /// <summary>The first SKU: who hears it reads the prices as they are by then.</summary>
    public long Key => Variants[0].Value;
}
