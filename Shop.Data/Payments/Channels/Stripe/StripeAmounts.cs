using System.Collections.Frozen;

namespace Shop.Data.Payments.Channels.Stripe;

/// <summary>
/// Amounts as Stripe's wire has them: a whole number of its own smallest unit, which is not ISO 4217's for some currencies.
/// </summary>
/// <remarks>docs.stripe.com/currencies: zero-decimal, three-decimal and special-case currencies; minimum and maximum amounts.</remarks>
internal static class StripeAmounts
{
    // Eight digits are the most that the wire takes of any currency.
    private const long Most = 99_999_999;

    private static readonly FrozenSet<string> _withoutDecimals = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "JPY",
            "KMF",
            "KRW",
            "MGA",
            "PYG",
            "RWF",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ]
    );

    // Their last digit has to be 0.
    private static readonly FrozenSet<string> _withThree = FrozenSet.Create(
        StringComparer.Ordinal,
        ["BHD", "JOD", "KWD", "OMR", "TND"]
    );

    // About half a dollar; of the others, Stripe says so itself when it is asked.
    private static readonly FrozenDictionary<string, long> _least = new Dictionary<string, long>
    {
        ["AED"] = 200,
        ["AUD"] = 50,
        ["BRL"] = 50,
        ["CAD"] = 50,
        ["CHF"] = 50,
        ["CZK"] = 1500,
        ["DKK"] = 250,
        ["EUR"] = 50,
        ["GBP"] = 30,
        ["HKD"] = 400,
        ["HUF"] = 17500,
        ["INR"] = 50,
        ["JPY"] = 50,
        ["MXN"] = 1000,
        ["MYR"] = 200,
        ["NOK"] = 300,
        ["NZD"] = 50,
        ["PLN"] = 200,
        ["RON"] = 200,
        ["SEK"] = 300,
        ["SGD"] = 50,
        ["THB"] = 1000,
        ["USD"] = 50,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The least and the most of a currency, in the shop's minor units.</summary>
    public static AmountRange? Range(string currency)
    {
        if (!Currencies.Exists(currency))
        {
            return null;
        }

        var least = _least.GetValueOrDefault(currency, 1);
        var (times, parts) = Scale(currency);
        return new((least * parts + times - 1) / times, Most / times * parts);
    }

    /// <summary>An amount as the wire says it; null where it can't be said without rounding.</summary>
    public static long? ToWire(Money amount)
    {
        var (times, parts) = Scale(amount.Currency);
        var wire = amount.Minor / parts * times;
        return amount.Minor % parts == 0 && (wire % 10 == 0 || !_withThree.Contains(amount.Currency))
            ? wire
            : null;
    }

    /// <summary>What the wire says, in the shop's minor units; null where these can't say it.</summary>
    /// <param name="wire">As Stripe has it.</param>
    /// <param name="currency">ISO 4217, in capitals.</param>
    public static long? FromWire(long wire, string currency)
    {
        if (!Currencies.Exists(currency))
        {
            return null;
        }

        var (times, parts) = Scale(currency);
        return wire % times == 0 ? wire / times * parts : null;
    }

    // One of the shop's units is `times` of Stripe's, or `parts` of the shop's are one of Stripe's.
    private static (long Times, long Parts) Scale(string currency)
    {
        var ours = Currencies.MinorUnit(currency);
        var theirs =
            _withoutDecimals.Contains(currency) ? 1m
            : _withThree.Contains(currency) ? 0.001m
            : 0.01m;
        return ours >= theirs ? ((long)(ours / theirs), 1) : (1, (long)(theirs / ours));
    }
}
