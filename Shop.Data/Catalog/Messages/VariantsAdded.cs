using Shop.Data.Messages;

namespace Shop.Data.Catalog.Messages;

/// <summary>SKUs are in the catalogue, added by staff or brought by an import, and how many units they open with.</summary>
/// <param name="Variants">One or more, each once; those of an import may have been there before.</param>
public sealed record VariantsAdded(IReadOnlyList<AddedVariant> Variants) : IFact
{
    /// <inheritdoc />
    public static string Topic => "catalog.variants_added";

    /// <summary>The first SKU: levels may be opened in any order.</summary>
    public long Key => Variants[0].VariantId.Value;
}

/// <summary>A SKU, and its units to sell.</summary>
/// <param name="VariantId">The SKU.</param>
/// <param name="Units">How many, if it was never counted; zero or more.</param>
public sealed record AddedVariant(VariantId VariantId, int Units);
