using Shop.Data.Inventory;

namespace Shop.GraphQL.Inventory;

/// <summary>How much there is of a SKU, and how that came about.</summary>
/// <param name="Available">Units that can be sold now; zero or more.</param>
/// <param name="Version">Rises by one with every movement; 0 for a SKU that was never counted.</param>
/// <param name="UpdatedAt">When it last moved; null for a SKU that was never counted.</param>
[Staff(StaffRole.Stock)]
internal sealed record Stock(int Available, int Version, DateTimeOffset? UpdatedAt)
{
    /// <summary>What has moved it, newest first.</summary>
    [Staff(StaffRole.Stock), Cost(5)]
    public IDataLoaderResult<Connection<StockMovement>> Movements(
        ForwardPage page,
        [FromServices] LoaderContext loaders
    ) => loaders.Get<MovementsOfVariant>().Load(VariantId, page, line => Cursor.Of(line.Id.Line));

    /// <summary>Whose it is.</summary>
    internal VariantId VariantId { get; init; }

    /// <summary>A SKU that was never counted has none.</summary>
    internal static Stock None(VariantId variant) => new(0, 0, null) { VariantId = variant };
}

/// <summary>Names a line of a SKU's ledger.</summary>
internal readonly record struct StockMovementId(VariantId Variant, long Line);

/// <summary>A line of a SKU's ledger: written once, never changed.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Kind">Why it moved.</param>
/// <param name="Units">Change of the units available; never zero.</param>
/// <param name="Reason">What staff said about it, or that an imported file says so; null where they said nothing, or an order has moved it.</param>
/// <param name="At">When.</param>
/// <param name="OrderId">The id of the order that has moved it; null where staff has.</param>
[Staff(StaffRole.Stock)]
internal sealed record StockMovement(
    StockMovementId Id,
    MovementKind Kind,
    int Units,
    string? Reason,
    DateTimeOffset At,
    OrderId? OrderId
)
{
    /// <summary>Who of staff has moved it.</summary>
    internal CustomerId? ActorId { get; init; }
}
