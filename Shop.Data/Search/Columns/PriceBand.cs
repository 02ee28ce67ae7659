using System.Globalization;
using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Columns;

/// <summary>Prices from one amount up to another, which is not included.</summary>
/// <param name="From">In minor units.</param>
/// <param name="To">In minor units; more than <paramref name="From"/>.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record PriceBand(long From, long To, string Currency)
{
    /// <summary>As a tick names it: <c>10.00-20.00</c>.</summary>
    public string Value =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{new Money(From, Currency).Amount}-{new Money(To, Currency).Amount}"
        );

    /// <summary>SKUs with such a price.</summary>
    public SearchCondition Condition => new SearchCondition.Price(Currency, From, To - 1);

    /// <summary>Reads what <see cref="Value"/> says; null for anything else.</summary>
    public static PriceBand? Parse(string text, string currency) =>
        text.Split('-') is [var from, var to]
        && Minor(from, currency) is { } least
        && Minor(to, currency) is { } end
        && least < end
            ? new(least, end, currency)
            : null;

    private static long? Minor(string amount, string currency) =>
        decimal.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? Money.TryOf(number, currency)?.Minor
            : null;
}
