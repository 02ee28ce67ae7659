namespace Shop.Data.Kernel;

/// <summary>How prices of the shop's currency become prices of another one. Nothing but prices is ever converted.</summary>
/// <param name="From">ISO 4217 code of what they are in.</param>
/// <param name="To">ISO 4217 code of what they become; another one.</param>
/// <param name="Rate">What one unit of the first costs in the second; see <see cref="IsRate"/>.</param>
/// <param name="Ending">How prices on pages end, such as 0.99; null for as they come out.</param>
/// <param name="Until">The first moment at which another rate counts; null where none is planned.</param>
public sealed record Conversion(
    string From,
    string To,
    decimal Rate,
    decimal? Ending = null,
    DateTimeOffset? Until = null
)
{
    /// <summary>Where changes of rates are told, with those of promotions: both change what pages show.</summary>
    public const string Channel = "pricing";

    /// <summary>The most decimals of a rate.</summary>
    public const int MaxDigits = 9;

    /// <summary>The highest rate.</summary>
    public const int MaxRate = 1_000_000;

    private const long Parts = 1_000_000_000;

    /// <summary>Whether something can be a rate: more than zero, up to <see cref="MaxRate"/>, with <see cref="MaxDigits"/> decimals at most.</summary>
    public static bool IsRate(decimal rate) =>
        rate is > 0 and <= MaxRate && decimal.Round(rate, MaxDigits) == rate;

    /// <summary>An amount, rounded once.</summary>
    /// <exception cref="InvalidOperationException">It is not in <see cref="From"/>.</exception>
    public Money Of(Money amount) =>
        amount.Currency == From
            ? new(amount.Part((long)(Rate * Parts) * UnitsOf(To), Parts * UnitsOf(From)).Minor, To)
            : throw new InvalidOperationException($"{amount.Currency} is not {From}.");

    /// <summary>The price of goods: rounded once, then up to the next amount that ends as prices do.</summary>
    /// <exception cref="InvalidOperationException">It is not in <see cref="From"/>.</exception>
    public Money PriceOf(Money price) => Ending is { } ending ? UpTo(ending, Of(price)) : Of(price);

    // An ending comes back with each whole unit, or with the least power of ten that is more: 80 yen with each hundred.
    private static Money UpTo(decimal ending, Money price)
    {
        var period = 1m;
        while (period <= ending)
        {
            period *= 10;
        }

        var every = Money.Of(period, price.Currency).Minor;
        var missing = (Money.Of(ending, price.Currency).Minor - price.Minor) % every;
        return price with { Minor = price.Minor + (missing < 0 ? missing + every : missing) };
    }

    private static long UnitsOf(string currency) => (long)(1 / Currencies.MinorUnit(currency));
}
