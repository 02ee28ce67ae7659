namespace Shop.Data.Catalog.Edit;

/// <summary>Every way <see cref="SaveProduct"/> can end that a client can do something about.</summary>
public abstract record SaveProductResult
{
    private SaveProductResult() { }

    /// <summary>It is saved, now or by an earlier call with this key.</summary>
    /// <param name="Id">The product.</param>
    /// <param name="Replayed">True where an earlier call did it.</param>
    public sealed record Saved(ProductId Id, bool Replayed) : SaveProductResult;

    /// <summary>There is no such product.</summary>
    public sealed record NotFound : SaveProductResult;

    /// <summary>It was changed since the version that the request names.</summary>
    public sealed record VersionConflict(int CurrentVersion) : SaveProductResult;

    /// <summary>What the catalogue holds does not allow it; nothing was saved.</summary>
    /// <param name="Faults">One or more.</param>
    public sealed record Refused(IReadOnlyList<ProductFault> Faults) : SaveProductResult;

    /// <summary>The key was used for something else.</summary>
    public sealed record KeyConflict : SaveProductResult;
}

/// <summary>What the catalogue holds against a product.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Variant">Index of the variant it is about; -1 where it is about the product.</param>
public sealed record ProductFault(ProductFaultKind Kind, int Variant = -1);

/// <summary>What the catalogue can hold against a product.</summary>
public enum ProductFaultKind
{
    /// <summary>Another product has this code.</summary>
    CodeTaken,

    /// <summary>Another product has this slug.</summary>
    SlugTaken,

    /// <summary>A variant of another product has this SKU.</summary>
    SkuTaken,

    /// <summary>A variant before it in the list has this SKU.</summary>
    SkuTwice,

    /// <summary>The product has no variant of this id.</summary>
    NoSuchVariant,

    /// <summary>The variant of this id has another SKU.</summary>
    SkuStays,

    /// <summary>Two entries of the list are the same variant.</summary>
    NamedTwice,

    /// <summary>What was on sale is no draft any more.</summary>
    NoDraftAgain,
}
