namespace Shop.Data.Kernel;

/// <summary>A price or a sum, held in the smallest unit of its currency: 1299 with EUR reads 12.99 €.</summary>
/// <param name="Minor">Whole minor units (cents, pence, yen); negative for a refund. Never a fraction.</param>
/// <param name="Currency">ISO 4217 alphabetic code in capitals, such as <c>EUR</c>.</param>
/// <remarks>
/// Every result stays within ±9.2 × 10¹⁸ minor units; past that the arithmetic throws
/// <see cref="OverflowException"/> (the build is checked), it never wraps. Products on the way are 128 bits wide.
/// </remarks>
public readonly record struct Money(long Minor, string Currency)
{
    private const long Million = 1_000_000;

    /// <summary>No money, in a currency.</summary>
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>The amount as people write it, with all its decimals: 1290 with EUR is 12.90, with JPY 1290.</summary>
    public decimal Amount => Minor * Currencies.MinorUnit(Currency);

    /// <summary>Reads an amount as people write it.</summary>
    /// <exception cref="ArgumentException">The amount is finer than the smallest unit of the currency, or more than money can be.</exception>
    public static Money Of(decimal amount, string currency) =>
        TryOf(amount, currency)
        ?? throw new ArgumentException($"{amount} is no amount of {currency}.", nameof(amount));

    /// <summary>The same; null where <see cref="Of"/> throws.</summary>
    public static Money? TryOf(decimal amount, string currency)
    {
        var unit = Currencies.MinorUnit(currency);
        return Math.Abs(amount) <= long.MaxValue * unit && amount % unit == 0
            ? new((long)(amount / unit), currency)
            : null;
    }

    /// <exception cref="InvalidOperationException">The two amounts are in different currencies.</exception>
    public static Money operator +(Money left, Money right) =>
        new(left.Minor + right.In(left), left.Currency);

    /// <exception cref="InvalidOperationException">The two amounts are in different currencies.</exception>
    public static Money operator -(Money left, Money right) =>
        new(left.Minor - right.In(left), left.Currency);

    /// <summary>The same thing bought several times.</summary>
    public static Money operator *(Money unit, long times) => new(unit.Minor * times, unit.Currency);

    /// <summary>A percentage, rounded once: 14.975 % is 149,750 parts per million.</summary>
    /// <param name="parts">Zero for nothing, a million for all; more is more than all.</param>
    /// <param name="rounding">Where a half goes.</param>
    public Money PerMillion(long parts, Rounding rounding = Rounding.HalfAwayFromZero) =>
        Part(parts, Million, rounding);

    /// <summary>A fraction of the amount, rounded once.</summary>
    /// <param name="numerator">Such as the units that came back.</param>
    /// <param name="denominator">Such as all units that were sold; one or more.</param>
    /// <param name="rounding">Where a half goes.</param>
    public Money Part(long numerator, long denominator, Rounding rounding = Rounding.HalfAwayFromZero)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var (whole, rest) = Int128.DivRem((Int128)Minor * numerator, denominator);
        var twice = 2 * Int128.Abs(rest);
        var isUp =
            twice > denominator
            || (
                twice == denominator && (rounding == Rounding.HalfAwayFromZero || Int128.IsOddInteger(whole))
            );
        return new((long)(isUp ? whole + Int128.Sign(rest) : whole), Currency);
    }

    /// <summary>
    /// Shares the amount out in proportion to weights, without losing a unit: each gets its share rounded towards zero, and
    /// the units left over go one each to the largest remainders, among equal ones to the first.
    /// </summary>
    /// <param name="weights">
    /// Zero or more each, in an order that does not depend on chance, such as by variant. What has no weight gets nothing.
    /// </param>
    /// <returns>One for each weight; together the amount. None exceeds its weight, if the amount does not exceed their sum.</returns>
    /// <exception cref="ArgumentException">There is an amount, but no weight.</exception>
    public IReadOnlyList<Money> Share(IReadOnlyList<long> weights)
    {
        var sum = Int128.Zero;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            sum += weight;
        }

        if (sum == 0 && Minor != 0)
        {
            throw new ArgumentException("There is no weight to share by.", nameof(weights));
        }

        var shares = new Money[weights.Count];
        var remainders = new Int128[weights.Count];
        var left = (Int128)Minor;
        for (var at = 0; at < shares.Length; at++)
        {
            var (share, remainder) = sum == 0 ? default : Int128.DivRem((Int128)Minor * weights[at], sum);
            (shares[at], remainders[at]) = (this with { Minor = (long)share }, Int128.Abs(remainder));
            left -= share;
        }

        // What is left has the sign of the amount, and fewer units than there are remainders.
        for (var step = Int128.Sign(left); left != 0; left -= step)
        {
            var largest = IndexOfLargest(remainders);
            shares[largest] = this with { Minor = shares[largest].Minor + step };
            remainders[largest] = -1;
        }

        return shares;
    }

    private static int IndexOfLargest(Int128[] values)
    {
        var largest = 0;
        for (var at = 1; at < values.Length; at++)
        {
            largest = values[at] > values[largest] ? at : largest;
        }

        return largest;
    }

    private long In(Money other) =>
        Currency == other.Currency
            ? Minor
            : throw new InvalidOperationException($"{other.Currency} and {Currency} do not add up.");
}
