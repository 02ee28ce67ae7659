using Shop.Data.Pricing.Rates;

namespace Shop.GraphQL.Pricing.Rates;

/// <summary>Which currencies clients can name, for carts, transports and staff.</summary>
internal static class CurrencyChoice
{
    public static FindCurrency Of(IServiceProvider services)
    {
        var rates = services.GetRequiredService<CurrentRates>();
        var clock = services.GetRequiredService<TimeProvider>();
        return async (code, cancel) => Of(await rates.ReadAsync(cancel), code, clock.GetUtcNow());
    }

    private static NamedCurrency Of(RateBook book, string code, DateTimeOffset now) =>
        code == book.Home ? new(Conversion: null, Refusal: null)
        : !book.Offered.Contains(code)
            ? new(Conversion: null, $"This shop sells in {string.Join(", ", book.Offered)}.")
        : book.To(code, now) is { } conversion ? new(conversion, Refusal: null)
        : new(Conversion: null, $"This shop does not know the exchange rate of {code} yet.");
}
