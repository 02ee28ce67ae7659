using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Inventory;

/// <summary>More was asked for than can be sold now.</summary>
/// <param name="Requested">Units that were asked for.</param>
/// <param name="Available">Units that can be sold; fewer than that.</param>
internal sealed record InsufficientStock([property: Ignore] VariantId VariantId, int Requested, int Available)
    : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.InsufficientStock;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => $"{Requested} were asked for, {Available} are available.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field { get; init; }

    /// <summary>What there is too little of.</summary>
    public IDataLoaderResult<ProductVariant> Variant([FromServices] LoaderContext loaders) =>
        loaders.Get<NamedVariantById>().Require(VariantId);
}

/// <summary>There is another number of it than the one that it was to be changed from. Look again, then decide.</summary>
/// <param name="Current">Units that are available now.</param>
internal sealed record StockChanged([property: Ignore] VariantId VariantId, int Current) : Problem
{
    /// <inheritdoc cref="Problem.Code" />
    public ProblemCode Code => ProblemCode.VersionConflict;

    /// <inheritdoc cref="Problem.Message" />
    public string Message => $"It was changed in between: {Current} are available now.";

    /// <inheritdoc cref="Problem.Field" />
    public IReadOnlyList<string>? Field => ["changeFrom"];

    /// <summary>What there is another number of.</summary>
    public IDataLoaderResult<ProductVariant> Variant([FromServices] LoaderContext loaders) =>
        loaders.Get<NamedVariantById>().Require(VariantId);
}
