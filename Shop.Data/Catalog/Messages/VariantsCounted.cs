using Shop.Data.Messages;

namespace Shop.Data.Catalog.Messages;

/// <summary>How many units there are of SKUs, as a file says that staff has imported.</summary>
/// <param name="Actor">Who of staff; null for the shop's own command line.</param>
/// <param name="Variants">One or more, each once.</param>
public sealed record VariantsCounted(CustomerId? Actor, IReadOnlyList<CountedVariant> Variants) : IFact
{
    /// <inheritdoc />
    public static string Topic => "catalog.variants_counted";

    /// <summary>The same for all: of two files that tell of one SKU, the later one counts.</summary>
    public long Key => 0;
}

/// <summary>A SKU, and its units to sell.</summary>
/// <param name="VariantId">The SKU.</param>
/// <param name="Units">How many there are; zero or more.</param>
public sealed record CountedVariant(VariantId VariantId, int Units);
