namespace Shop.Data.Pricing.Taxes;

/// <summary>What a part of the map taxes, as staff has written it.</summary>
public sealed record StoredTaxZone
{
    /// <summary>Sorts by time of birth.</summary>
    public required TaxZoneId Id { get; init; }

    /// <summary>1 when it was made; rises by one with each change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What staff calls it, 1 to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Where it is: one country at least.</summary>
    public required Places Places { get; init; }

    /// <summary>Its taxes, in the order in which an invoice shows them; at most 20.</summary>
    public required IReadOnlyList<ZoneRate> Rates { get; init; }

    /// <summary>What it taxes at a moment.</summary>
    internal TaxZone At(DateTimeOffset moment) =>
        new([
            .. Rates
                .Where(rate => !(moment < rate.From) && !(rate.Until <= moment))
                .GroupBy(rate => rate.Class)
                .Select(rates =>
                    (
                        rates.Key,
                        new TaxRates([
                            .. rates.Select(rate => new TaxRate(rate.Name, rate.PerMillion, rate.IsCompound)),
                        ])
                    )
                ),
        ]);
}

/// <summary>A tax on a class of goods, for as long as the law has it.</summary>
/// <param name="Class">A word that products name: 1 to 50 small letters, digits and hyphens.</param>
/// <param name="Name">As an invoice calls it, 1 to 100 characters.</param>
/// <param name="PerMillion">Parts per million: 14.975 % is 149,750. Zero to a million.</param>
/// <param name="IsCompound">It stands on the price and on the taxes that are not compound.</param>
/// <param name="From">The first moment at which it is due; null for always.</param>
/// <param name="Until">The first moment at which it is due no more; null for never.</param>
public sealed record ZoneRate(
    string Class,
    string Name,
    long PerMillion,
    bool IsCompound,
    DateTimeOffset? From,
    DateTimeOffset? Until
);
