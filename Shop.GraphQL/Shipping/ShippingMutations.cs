using Shop.Data.Shipping;
using Shop.Data.Shipping.Edit;

namespace Shop.GraphQL.Shipping;

/// <summary>What staff does with shipping.</summary>
internal sealed class ShippingMutations(SaveZone saveZone, SaveMethod saveMethod, Asker asker)
{
    /// <summary>
    /// Makes a zone, or changes it; its version rises by one, and carts are quoted by it from now on. At most 200. Orders that were
    /// placed keep what they were promised.
    /// </summary>
    /// <param name="input">The zone as it shall be.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<ShippingZonePayload> ShippingZoneSaveAsync(
        ShippingZoneSaveInput input,
        CancellationToken cancel
    )
    {
        var faults = input.Zone.Faults().ToList();
        if (faults.Count > 0)
        {
            return new(Replayed: false, faults);
        }

        var result = await saveZone.RunAsync(
            new(input.IdempotencyKey, input.Id, input.IfVersion, input.Zone.ToZone(), asker.Customer!.Value),
            cancel
        );
        return result is SaveShippingResult<ShippingZoneId>.Saved saved
            ? new(saved.Replayed, []) { Id = saved.Id }
            : new(Replayed: false, Problems(result, input.Id, "zone"));
    }

    /// <summary>
    /// Makes a way to ship, with its rates, or changes it; its version rises by one, and carts are quoted by it from now on. At most
    /// 200. As long as none is active, orders are placed without one. Orders that were placed keep what they were promised.
    /// </summary>
    /// <param name="input">The way as it shall be.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<ShippingMethodPayload> ShippingMethodSaveAsync(
        ShippingMethodSaveInput input,
        CancellationToken cancel
    )
    {
        var result = await saveMethod.RunAsync(
            new(
                input.IdempotencyKey,
                input.Id,
                input.IfVersion,
                input.Method.ToMethod(),
                asker.Customer!.Value
            ),
            cancel
        );
        return result is SaveShippingResult<ShippingMethodId>.Saved saved
            ? new(saved.Replayed, []) { Id = saved.Id }
            : new(Replayed: false, Problems(result, input.Id, "method"));
    }

    private static IReadOnlyList<Problem> Problems<TId>(SaveShippingResult<TId> result, TId? id, string place)
        where TId : struct, IRowId<TId> =>
        result switch
        {
            SaveShippingResult<TId>.NotFound =>
            [
                new NotFound("There is no such thing.", ["id"], id is { } known ? GlobalId.Of(known) : null),
            ],
            SaveShippingResult<TId>.VersionConflict(var version) =>
            [
                new VersionConflict(version) { Field = ["ifVersion"] },
            ],
            SaveShippingResult<TId>.KeyConflict => [new IdempotencyConflict()],
            SaveShippingResult<TId>.Refused(var faults) => [.. faults.Select(fault => Problem(fault, place))],
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };

    private static InvalidInput Problem(ShippingFault fault, string place) =>
        fault switch
        {
            ShippingFault.Title => new("It has 1 to 200 characters.", [place, "title"]),
            ShippingFault.Places => new(
                "It has a country or a region, and regions are ISO 3166-2 codes, such as US-NY.",
                [place]
            ),
            ShippingFault.PostalPatterns => new(
                "A postal pattern has 1 to 20 letters, digits, blanks and hyphens, and a star only at its end.",
                [place, "postalPatterns"]
            ),
            ShippingFault.Days => new(
                "Days are 0 to 365, and the fewest are not more than the most.",
                [place, "minDays"]
            ),
            ShippingFault.TaxClass => new(
                "It has 1 to 50 small letters, digits and hyphens.",
                [place, "taxClass"]
            ),
            ShippingFault.Conditions => new(
                "Conditions are at most twenty, at most four deep, and each asks for something.",
                [place, "when"]
            ),
            ShippingFault.Rates => new(
                "Rates name zones, end after they begin, cost zero or more, and do not overlap in one zone and currency; "
                    + "`perUnit` is for weight and units.",
                [place, "rates"]
            ),
            ShippingFault.Service => new(
                "A service is named by 1 to 50 small letters, digits and hyphens.",
                [place, "rateService"]
            ),
            ShippingFault.TooMany => new($"At most 200, and {Method.MaxActive} active methods.", [place]),
            _ => throw new InvalidOperationException($"{fault} is no fault."),
        };
}

/// <summary>What became of a change of a zone.</summary>
/// <param name="Replayed">True where the key had been used before: the first call did it, nothing new happened.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
[Staff(StaffRole.Pricing)]
internal sealed record ShippingZonePayload(
    bool Replayed,
    [property: ListSize(20)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>The zone that was changed.</summary>
    internal ShippingZoneId? Id { get; init; }

    /// <summary>The zone as it is now; null where nothing was changed.</summary>
    public IDataLoaderResult<ShippingZone?>? Zone([FromServices] LoaderContext loaders) =>
        Id is { } id ? loaders.Get<ShippingZoneById>().Load(id) : null;
}

/// <summary>What became of a change of a way to ship.</summary>
/// <param name="Replayed">True where the key had been used before: the first call did it, nothing new happened.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
[Staff(StaffRole.Pricing)]
internal sealed record ShippingMethodPayload(
    bool Replayed,
    [property: ListSize(20)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>The way that was changed.</summary>
    internal ShippingMethodId? Id { get; init; }

    /// <summary>The way as it is now; null where nothing was changed.</summary>
    public IDataLoaderResult<ShippingMethod?>? Method([FromServices] LoaderContext loaders) =>
        Id is { } id ? loaders.Get<ShippingMethodById>().Load(id) : null;
}
