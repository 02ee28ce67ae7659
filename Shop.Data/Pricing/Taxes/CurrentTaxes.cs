using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Data.Channels;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Pricing.Taxes;

/// <summary>
/// How the shop taxes: by the zones that staff has written and by the settings of its channel. The one place that says so, to
/// carts, orders and previews. One for the process.
/// </summary>
public sealed class CurrentTaxes(
    Database<PricingDb> database,
    Announcer announcer,
    IOptions<ChannelOptions> channel,
    TimeProvider clock
)
{
    private readonly Snapshot<IReadOnlyList<StoredTaxZone>> _zones = new(() => LoadAsync(database), clock);

    /// <summary>Whether anything is taxed anywhere.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away, and its zones were never read.</exception>
    public async Task<bool> AreThereAsync(CancellationToken cancel) =>
        (await _zones.ReadAsync(cancel)).Count > 0;

    /// <summary>How what goes to a place is taxed at a moment.</summary>
    /// <param name="place">Null as long as it is not known: home's taxes are due until then.</param>
    /// <param name="exemption">Where the customer pays no tax; null where they do everywhere.</param>
    /// <param name="at">The moment.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away, and its zones were never read.</exception>
    public async Task<TaxTerms> TermsAsync(
        Destination? place,
        TaxExemption? exemption,
        DateTimeOffset at,
        CancellationToken cancel
    )
    {
        var zones = await _zones.ReadAsync(cancel);
        if (zones.Count == 0)
        {
            return TaxTerms.Untaxed with
            {
                IsIncluded = channel.Value.PricesIncludeTax,
                Rounding = channel.Value.Rounding,
            };
        }

        var country = channel.Value.Country;
        var home = Of(zones, new(country, Region: null), at);
        var there = place is null ? home : Of(zones, place, at);
        var reason = ReasonOf(exemption, place?.Country ?? country);
        return new()
        {
            IsIncluded = channel.Value.PricesIncludeTax,
            Held = channel.Value.Held,
            PerWhat = channel.Value.TaxRounding,
            Rounding = channel.Value.Rounding,
            Shipping = channel.Value.ShippingTax,
            ShippingClass = channel.Value.ShippingTaxClass,
            Home = home,
            There = there,
            Exemption = reason,
            Proof = reason is null ? null : exemption,
            IsExport = place is not null && there == TaxZone.Untaxed,
            IsEstimated = place is null,
        };
    }

    // A business pays its taxes by itself only across a border.
    private TaxReason? ReasonOf(TaxExemption? exemption, string goesTo) =>
        exemption?.CountryCode != goesTo ? null
        : exemption.Kind == TaxExemptionKind.Exempt ? TaxReason.Exempt
        : goesTo == channel.Value.Country ? null
        : TaxReason.ReverseCharge;

    /// <summary>Reads the zones again when they are asked for the next time.</summary>
    public void Forget() => _zones.Forget();

    /// <summary>Tells every node that there is something new.</summary>
    internal Task AnnounceAsync()
    {
        Forget();
        return announcer.PublishAsync(RunningPromotions.Channel, "taxes changed");
    }

    // Of several zones around a place the closest one taxes it, the oldest of equals; a place in none is not taxed.
    private static TaxZone Of(IReadOnlyList<StoredTaxZone> zones, Destination place, DateTimeOffset at) =>
        zones
            .Select(zone => (Zone: zone, Closeness: zone.Places.Closeness(place)))
            .Where(found => found.Closeness is not null)
            .OrderByDescending(found => found.Closeness)
            .ThenBy(found => found.Zone.Id.Value)
            .FirstOrDefault()
            .Zone?.At(at)
        ?? TaxZone.Untaxed;

    private static async Task<IReadOnlyList<StoredTaxZone>> LoadAsync(Database<PricingDb> database)
    {
        await using var db = database.OpenPrimary();
        return await db.TaxZones.AsNoTracking().ToListAsync();
    }
}
