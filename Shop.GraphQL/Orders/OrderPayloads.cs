namespace Shop.GraphQL.Orders;

/// <summary>What became of a placement.</summary>
/// <param name="AccessKey">Reads and watches this order without signing in; shown only to the client that placed it. Null where none was placed.</param>
/// <param name="Replayed">True where the key had been used before: this is the first call's order, nothing new happened.</param>
/// <param name="Problems">Why nothing was placed; empty on success.</param>
internal sealed record OrderPlacePayload(
    string? AccessKey,
    bool Replayed,
    [property: ListSize(20)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>The order that an earlier call has placed.</summary>
    internal OrderId? Earlier { get; init; }

    /// <summary>The order that this call has placed, as it was written: it is not read back.</summary>
    internal Order? Written { get; init; }

    /// <summary>The order, durable: stock and payment follow, watch `orderStatusChanged`. Null where none was placed.</summary>
    public IDataLoaderResult<Order?>? Order([FromServices] LoaderContext loaders) =>
        Written is not null ? LoaderResults.Of<Order?>(Written)
        : Earlier is { } id ? loaders.Get<ProvenOrderById>().Load(id)
        : null;

    internal static OrderPlacePayload Refused(params IReadOnlyList<Problem> problems) =>
        new(null, Replayed: false, problems);
}

/// <summary>What became of a change to an order.</summary>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
internal sealed record OrderPayload([property: ListSize(20)] IReadOnlyList<Problem> Problems)
{
    /// <summary>The order that was changed.</summary>
    internal OrderId? OrderId { get; init; }

    /// <summary>The order after the change; null where nothing was changed.</summary>
    public IDataLoaderResult<Order?>? Order([FromServices] LoaderContext loaders) =>
        OrderId is { } id ? loaders.Get<ProvenOrderById>().Load(id) : null;

    /// <summary>No such order, as far as they can see who ask.</summary>
    internal static OrderPayload Absent { get; } =
        Refused(new NotFound("There is no such order, or it is not yours to see.", ["order"], null));

    internal static OrderPayload Refused(Problem problem) => new([problem]);
}
