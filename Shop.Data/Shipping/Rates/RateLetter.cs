using System.Globalization;
using Shop.Data.Outside;

namespace Shop.Data.Shipping.Rates;

/// <summary>How the shop writes to a service of rates, and reads what it answers: docs/shipping.md.</summary>
internal static class RateLetter
{
    private const decimal MaxPrice = 1_000_000_000;

    /// <summary>The same for the same services, parcel and place, however its postal code is written.</summary>
    public static RateQuestion Question(IReadOnlyList<string> services, Parcel parcel) =>
        new(
            services,
            parcel.Currency,
            new(
                parcel.Place.Country,
                parcel.Place.Region,
                parcel.Place.PostalCode is { } code ? Places.Bare(code) : null
            ),
            new(parcel.Grams, parcel.Units, parcel.Value.Amount.ToString(CultureInfo.InvariantCulture))
        );

    /// <summary>What each service costs that is available.</summary>
    /// <exception cref="UnusableAnswerException">It has another currency, a price that cannot be, or a service twice.</exception>
    public static IReadOnlyDictionary<string, Money> Read(RateAnswer? answer, string currency) =>
        answer is null || answer.CurrencyCode != currency
            ? throw new UnusableAnswerException("it does not answer in the currency that it was asked for")
        : answer.Rates.All(rate => IsPrice(rate.Price, currency))
        && answer.Rates.DistinctBy(rate => rate.Service).Count() == answer.Rates.Count
            ? answer.Rates.ToDictionary(rate => rate.Service, rate => Money.Of(rate.Price, currency))
        : throw new UnusableAnswerException("it tells prices that cannot be");

    private static bool IsPrice(decimal price, string currency) =>
        price is >= 0 and <= MaxPrice && price % Currencies.MinorUnit(currency) == 0;
}

/// <summary>What a service of rates is asked.</summary>
internal sealed record RateQuestion(
    IReadOnlyList<string> Services,
    string CurrencyCode,
    AskedPlace Destination,
    AskedParcel Parcel
);

/// <summary>Where it is to go.</summary>
internal sealed record AskedPlace(string CountryCode, string? Region, string? PostalCode);

/// <summary>What is to go there.</summary>
internal sealed record AskedParcel(long Grams, int Units, string Value);

/// <summary>What it answers.</summary>
internal sealed record RateAnswer(string CurrencyCode, IReadOnlyList<RateAnswer.Rate> Rates)
{
    /// <summary>What one service costs.</summary>
    internal sealed record Rate(string Service, decimal Price);
}
