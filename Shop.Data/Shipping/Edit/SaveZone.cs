using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Shipping.Edit;

/// <summary>A zone as staff wants it to be.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key saves once.</param>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="IfVersion">The version that it has to be at; null for any.</param>
/// <param name="Zone">All of it, but for id and version, which are not read.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record SaveZoneRequest(
    Guid IdempotencyKey,
    ShippingZoneId? Id,
    int? IfVersion,
    Zone Zone,
    CustomerId Actor
);

/// <summary>Makes a zone, or changes it. Orders that were placed keep what they were promised.</summary>
public sealed class SaveZone(ShippingChange change)
{
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public Task<SaveShippingResult<ShippingZoneId>> RunAsync(
        SaveZoneRequest request,
        CancellationToken cancel
    ) =>
        change.RunAsync<ShippingZoneId, Zone>(
            IdempotentCall.Of(request.IdempotencyKey, request, "shipping"),
            new ShippingDeed<ShippingZoneId>(
                request.Id,
                request.IfVersion,
                request.Actor,
                "shippingZoneSave",
                "ShippingZone"
            ),
            (book, id) => book.Zones.FirstOrDefault(zone => zone.Id == id),
            (id, version) => request.Zone with { Id = id, Version = version },
            ShippingFaults.Of,
            cancel
        );
}
