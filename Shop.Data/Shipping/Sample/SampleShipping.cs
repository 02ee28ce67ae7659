using Microsoft.Extensions.Options;
using Shop.Data.Channels;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Shipping.Edit;

namespace Shop.Data.Shipping.Sample;

/// <summary>
/// Two ways to ship for whoever tries the shop on the sample catalogue: one that goes everywhere and is free from some value on, and a
/// faster one that goes no further than home. The audit trail names no customer, number 0, as the one who saved them.
/// </summary>
public sealed class SampleShipping(
    SaveZone saveZone,
    SaveMethod saveMethod,
    CurrentShipping current,
    IOptions<ShopOptions> shop,
    IOptions<ChannelOptions> channel
)
{
    private const int Ways = 2;

    private static readonly CustomerId _operator = new(0);

    /// <summary>
    /// Saves them, unless they were: ways are never removed, so that where there are as many, all is there. Each has a key, so that what
    /// was killed is finished by the next call.
    /// </summary>
    /// <param name="cancel">Ends it; the next call goes on.</param>
    /// <returns>Whether they were saved now.</returns>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        if ((await current.ReadAsync(cancel)).Methods.Count >= Ways)
        {
            return false;
        }

        var country = channel.Value.Country;
        var home = await ZoneAsync("0199f2b4-0000-7000-8000-000000000010", "Home", [country], cancel);
        var abroad = await ZoneAsync(
            "0199f2b4-0000-7000-8000-000000000011",
            "Abroad",
            [.. Countries.All.Where(other => other != country).Order(StringComparer.Ordinal)],
            cancel
        );
        await WayAsync("0199f2b4-0000-7000-8000-000000000012", Standard(home, abroad), cancel);
        await WayAsync("0199f2b4-0000-7000-8000-000000000013", Express(home), cancel);
        return true;
    }

    private Method Standard(ShippingZoneId home, ShippingZoneId abroad) =>
        new()
        {
            Id = default,
            Title = "Standard",
            MinDays = 2,
            MaxDays = 5,
            IsActive = true,
            By = RateBy.Value,
            Rates =
            [
                .. FreeFrom(home, price: Of(3.50m), free: Of(25)),
                .. FreeFrom(abroad, price: Of(9.50m), free: Of(100)),
            ],
        };

    private Method Express(ShippingZoneId home) =>
        new()
        {
            Id = default,
            Title = "Express",
            MinDays = 1,
            MaxDays = 1,
            IsActive = true,
            By = RateBy.Flat,
            Rates = [new(home, From: 0, Until: null, Of(6.95m), PerUnit: null)],
        };

    private static IEnumerable<ZoneRate> FreeFrom(ShippingZoneId zone, Money price, Money free) =>
        [
            new(zone, From: 0, free.Minor, price, PerUnit: null),
            new(zone, free.Minor, Until: null, Money.Zero(price.Currency), PerUnit: null),
        ];

    private Money Of(decimal amount) => Money.Of(amount, shop.Value.Currency);

    private async Task<ShippingZoneId> ZoneAsync(
        string key,
        string title,
        string[] countries,
        CancellationToken cancel
    )
    {
        var zone = new Zone
        {
            Id = default,
            Title = title,
            Countries = countries,
        };
        var result = await saveZone.RunAsync(
            new(new(key), Id: null, IfVersion: null, zone, _operator),
            cancel
        );
        return result is SaveShippingResult<ShippingZoneId>.Saved(var id, _)
            ? id
            : throw new InvalidOperationException($"{title} cannot be shipped to: {result}.");
    }

    private async Task WayAsync(string key, Method method, CancellationToken cancel)
    {
        var result = await saveMethod.RunAsync(
            new(new(key), Id: null, IfVersion: null, method, _operator),
            cancel
        );
        if (result is not SaveShippingResult<ShippingMethodId>.Saved)
        {
            throw new InvalidOperationException($"{method.Title} cannot be a way to ship: {result}.");
        }
    }
}
