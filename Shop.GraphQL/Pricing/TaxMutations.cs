using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Taxes;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Pricing;

/// <summary>A zone of taxes as it shall be. It is the whole truth: what is left out is empty afterwards.</summary>
/// <param name="IdempotencyKey">The same key saves once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="Id">Which zone; null for a new one.</param>
/// <param name="IfVersion">Refused unless the zone is at this version; null for whatever it is at, and for a new one.</param>
/// <param name="Title">What staff calls it; 1 to 200 characters.</param>
/// <param name="Countries">All of each; a zone has a country or a region. At most 250.</param>
/// <param name="Regions">Regions beside those, as ISO 3166-2 writes them: `US-NY`. At most 200.</param>
/// <param name="PostalCodes">Of those places the ones with such a postal code; `*` at the end of one stands for any rest, and blanks, hyphens and case do not matter. All where it is left out. At most 500.</param>
/// <param name="Rates">Its taxes, in the order in which an invoice shows them; at most 20.</param>
internal sealed record TaxZoneSaveInput(
    Guid IdempotencyKey,
    TaxZoneId? Id,
    int? IfVersion,
    [property: MaxText(200)] string Title,
    [property: CountryCode, MaxItems(250)] IReadOnlyList<string>? Countries,
    [property: MaxItems(200)] IReadOnlyList<string>? Regions,
    [property: MaxItems(500)] IReadOnlyList<string>? PostalCodes,
    [property: MaxItems(SaveTaxZone.MaxRates)] IReadOnlyList<TaxZoneRateInput> Rates
)
{
    internal StoredTaxZone ToZone() =>
        new()
        {
            Id = default,
            Title = Title.Trim(),
            Places = new(Countries ?? [], Regions ?? [], PostalCodes ?? []),
            Rates = [.. Rates.Select(rate => rate.ToRate())],
        };
}

/// <summary>A tax on a class of goods, for as long as the law has it. Several on one class are all due.</summary>
/// <param name="TaxClass">A word that products name, 1 to 50 small letters, digits and hyphens; `standard` where it is left out, which is the class of products that name none.</param>
/// <param name="Name">As an invoice calls it; 1 to 100 characters.</param>
/// <param name="Percent">0 to 100, with four decimals at most.</param>
/// <param name="IsCompound">It stands on the price and on the taxes that are not compound.</param>
/// <param name="From">The first moment at which it is due; always where it is left out.</param>
/// <param name="Until">The first moment at which it is due no more; never where it is left out.</param>
internal sealed record TaxZoneRateInput(
    [property: MaxText(50)] string? TaxClass,
    [property: MaxText(100)] string Name,
    decimal Percent,
    bool? IsCompound,
    DateTimeOffset? From,
    DateTimeOffset? Until
)
{
    // No tax is less than nothing: what is no percentage is refused as such.
    private const long None = -1;

    internal ZoneRate ToRate() =>
        new(
            TaxClass ?? TaxClasses.Standard,
            Name.Trim(),
            Percent == 0 ? 0
                : Percents.PerMillion(Percent) is > 0 and var perMillion ? perMillion
                : None,
            IsCompound ?? false,
            From?.ToUniversalTime(),
            Until?.ToUniversalTime()
        );
}

/// <summary>What became of a change of a zone of taxes.</summary>
/// <param name="Replayed">True where the key had been used before: the first call did it, nothing new happened.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
[Staff(StaffRole.Pricing)]
internal sealed record TaxZonePayload(bool Replayed, [property: ListSize(20)] IReadOnlyList<Problem> Problems)
{
    /// <summary>The zone that was changed.</summary>
    internal TaxZoneId? Id { get; init; }

    /// <summary>The zone as it is now; null where nothing was changed.</summary>
    public IDataLoaderResult<TaxZone?>? TaxZone([FromServices] LoaderContext loaders) =>
        Id is { } id ? loaders.Get<TaxZoneById>().Load(id) : null;

    internal static TaxZonePayload Refused(params IReadOnlyList<Problem> problems) =>
        new(Replayed: false, problems);
}

/// <summary>What staff does with taxes.</summary>
internal sealed class TaxMutations(SaveTaxZone saveTaxZone, Asker asker)
{
    /// <summary>
    /// Makes a zone of taxes, or changes it; its version rises by one, and carts are taxed by it from now on. Orders that were
    /// placed keep the taxes they were charged.
    /// </summary>
    /// <param name="input">The zone as it shall be.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<TaxZonePayload> TaxZoneSaveAsync(TaxZoneSaveInput input, CancellationToken cancel)
    {
        var result = await saveTaxZone.RunAsync(
            new(input.IdempotencyKey, input.Id, input.IfVersion, input.ToZone(), asker.Customer!.Value),
            cancel
        );
        return result switch
        {
            SaveTaxZoneResult.Saved saved => new(saved.Replayed, []) { Id = saved.Id },
            SaveTaxZoneResult.NotFound => TaxZonePayload.Refused(
                new NotFound("There is no such zone.", ["id"], input.Id is { } id ? GlobalId.Of(id) : null)
            ),
            SaveTaxZoneResult.VersionConflict(var version) => TaxZonePayload.Refused(
                new VersionConflict(version) { Field = ["ifVersion"] }
            ),
            SaveTaxZoneResult.Refused(var faults) => TaxZonePayload.Refused([.. faults.Select(Problem)]),
            SaveTaxZoneResult.KeyConflict => TaxZonePayload.Refused(new IdempotencyConflict()),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };
    }

    private static Problem Problem(TaxZoneFault fault) =>
        fault switch
        {
            TaxZoneFault.Title => new InvalidInput("It has 1 to 200 characters.", ["title"]),
            TaxZoneFault.Countries => new InvalidInput(
                "There has to be a country or a region.",
                ["countries"]
            ),
            TaxZoneFault.Regions => new InvalidInput(
                "Regions are as ISO 3166-2 writes them, such as US-NY.",
                ["regions"]
            ),
            TaxZoneFault.PostalCodes => new InvalidInput(
                "A postal code has 1 to 20 letters, digits, blanks and hyphens, and a star only at its end.",
                ["postalCodes"]
            ),
            TaxZoneFault.Rates => new InvalidInput(
                "A class has 1 to 50 small letters, digits and hyphens, a name 1 to 100 characters, and a rate ends after it begins.",
                ["rates"]
            ),
            TaxZoneFault.Percent => new InvalidInput(
                "A percentage is 0 to 100, with four decimals at most.",
                ["rates"]
            ),
            TaxZoneFault.TooMany => new InvalidInput($"There are at most {SaveTaxZone.MaxZones} zones.", []),
            _ => throw new InvalidOperationException($"{fault} is no fault."),
        };
}
