using GraphQL;
using GraphQL.DataLoader;
using Shop.Data.Kernel;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Engine.Limits;
using Shop.GraphQL.Engine.Loading;
using Shop.GraphQL.Engine.Problems;

namespace Shop.GraphQL.Inventory;

/// <summary>What became of a change of stock.</summary>
/// <param name="Replayed">True where the key had been used before: the first call did it, nothing new happened.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
internal sealed record StockPayload(bool Replayed, [property: ListSize(3)] IReadOnlyList<Problem> Problems)
{
    /// <summary>Whose stock was changed.</summary>
    internal VariantId? VariantId { get; init; }

    /// <summary>The SKU, with its stock as it is now; null where nothing was changed.</summary>
    public IDataLoaderResult<ProductVariant?>? Variant([FromServices] LoaderContext loaders) =>
        VariantId is { } id ? loaders.Get<NamedVariantById>().Load(id) : null;

    internal static StockPayload Refused(params IReadOnlyList<Problem> problems) =>
        new(Replayed: false, problems);
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
