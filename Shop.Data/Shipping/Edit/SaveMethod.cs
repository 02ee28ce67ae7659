using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Shipping.Edit;

/// <summary>A method as staff wants it to be.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key saves once.</param>
/// <param name="Id">Which one; null for a new one.</param>
/// <param name="IfVersion">The version that it has to be at; null for any.</param>
/// <param name="Method">All of it, but for id and version, which are not read.</param>
/// <param name="Actor">Who of staff.</param>
public sealed record SaveMethodRequest(
    Guid IdempotencyKey,
    ShippingMethodId? Id,
    int? IfVersion,
    Method Method,
    CustomerId Actor
);

/// <summary>Makes a method with its rates, or changes it. Orders that were placed keep what they were promised.</summary>
public sealed class SaveMethod(ShippingChange change)
{
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away; send the same key again.</exception>
    public Task<SaveShippingResult<ShippingMethodId>> RunAsync(
        SaveMethodRequest request,
        CancellationToken cancel
    ) =>
        change.RunAsync<ShippingMethodId, Method>(
            IdempotentCall.Of(request.IdempotencyKey, request, "shipping"),
            new ShippingDeed<ShippingMethodId>(
                request.Id,
                request.IfVersion,
                request.Actor,
                "shippingMethodSave",
                "ShippingMethod"
            ),
            (book, id) => book.Methods.FirstOrDefault(method => method.Id == id),
            (id, version) => request.Method with { Id = id, Version = version },
            ShippingFaults.Of,
            cancel
        );
}
