namespace Shop.Data.Kernel;

/// <summary>A price or a sum, held in the smallest unit of its currency: 1299 with EUR reads 12.99 €.</summary>
/// <param name="Minor">Whole minor units (cents, pence, yen); negative for a refund. Never a fraction.</param>
/// <param name="Currency">ISO 4217 alphabetic code in capitals, such as <c>EUR</c>.</param>
/// <remarks>
/// Sums stay within ±9.2 × 10¹⁸ minor units; past that the addition throws
/// <see cref="OverflowException"/> (the build is checked), it never wraps.
/// </remarks>
public readonly record struct Money(long Minor, string Currency)
{
    /// <summary>No money, in a currency.</summary>
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>The amount as people write it, with all its decimals: 1290 with EUR is 12.90, with JPY 1290.</summary>
    public decimal Amount => Minor * Currencies.MinorUnit(Currency);

    /// <summary>Reads an amount as people write it; more decimals than the currency has are refused.</summary>
    /// <exception cref="ArgumentException">The amount is finer than the smallest unit of the currency.</exception>
    public static Money Of(decimal amount, string currency)
    {
        var minor = amount / Currencies.MinorUnit(currency);
        return minor == decimal.Truncate(minor)
            ? new((long)minor, currency)
            : throw new ArgumentException($"{amount} has more decimals than {currency}.", nameof(amount));
    }

    /// <exception cref="InvalidOperationException">The two amounts are in different currencies.</exception>
    public static Money operator +(Money left, Money right) =>
        left.Currency == right.Currency
            ? new(left.Minor + right.Minor, left.Currency)
            : throw new InvalidOperationException($"{left.Currency} and {right.Currency} do not add up.");

    /// <summary>The same thing bought several times.</summary>
    public static Money operator *(Money unit, int times) => new(unit.Minor * times, unit.Currency);
}
