using Shop.Data.Channels;

namespace Shop.Data.Pricing.Rates;

/// <summary>The currencies that the shop sells in, with the rates that count or are to count, as they were at one moment.</summary>
/// <param name="home">ISO 4217 code of the shop's own.</param>
/// <param name="channel">Which others it offers, and how prices in them end.</param>
/// <param name="rates">In any order.</param>
public sealed class RateBook(string home, ChannelOptions channel, IEnumerable<ExchangeRate> rates)
{
    private readonly ILookup<string, ExchangeRate> _rates = rates
        .OrderBy(rate => rate.StartsAt)
        .ToLookup(rate => rate.Currency);

    /// <summary>ISO 4217 code of the shop's own currency.</summary>
    public string Home => home;

    /// <summary>All that the shop sells in, its own first; also those whose rate is not known yet.</summary>
    public IReadOnlyList<string> Offered { get; } =
    [home, .. channel.Currencies.Where(other => other != home)];

    /// <summary>
    /// How prices become prices of a currency at a moment; null where they are in it, and where there is no rate of it: nothing is ever
    /// sold at one to one for want of one.
    /// </summary>
    public Conversion? To(string currency, DateTimeOffset at)
    {
        if (currency == home || _rates[currency].LastOrDefault(rate => rate.StartsAt <= at) is not { } now)
        {
            return null;
        }

        var next = _rates[currency].FirstOrDefault(rate => rate.StartsAt > at);
        return new(
            home,
            currency,
            now.Rate,
            channel.Endings.TryGetValue(currency, out var ending) ? ending : null,
            next?.StartsAt
        );
    }
}
