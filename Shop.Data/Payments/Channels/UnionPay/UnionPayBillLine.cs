using System.Globalization;
using System.Text;

namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>A line of the merchant's file: fields of fixed widths, in bytes, one byte between two.</summary>
internal static class UnionPayBillLine
{
    private const int At = 5;
    private const int Amount = 7;
    private const int QueryId = 10;
    private const int OrderId = 12;
    private const int Fee = 16;
    private const int Type = 20;
    private const int OrigQueryId = 27;
    private const int OrigOrderId = 41;

    private static readonly int[] _widths =
    [
        .. (int[])[3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2],
        .. (int[])[6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13, 13, 8, 32, 13, 13, 12, 2, 1, 32, 98],
    ];

    /// <summary>Reads one.</summary>
    /// <returns>Null for what is neither a payment nor a refund.</returns>
    /// <exception cref="FormatException">It is no such line.</exception>
    public static BillLine? Read(byte[] line, DateOnly day)
    {
        var isRefund = Field(line, Type) switch
        {
            "01" => false,
            "04" => true,
            _ => (bool?)null,
        };
        return isRefund is not { } back
            ? null
            : new(
                back,
                Field(line, OrderId),
                Field(line, QueryId) ?? throw new FormatException("A line without UnionPay's number."),
                back ? Field(line, OrigOrderId) : null,
                Number(line, Amount),
                "CNY",
                FeeOf(Field(line, Fee)),
                UnionPayTime.Read(
                    Field(line, At),
                    new(day, new TimeOnly(12, 0), BeijingTime.Zone.BaseUtcOffset)
                ),
                back ? Field(line, OrigQueryId) : null
            );
    }

    private static string? Field(byte[] line, int number)
    {
        // Each field before this one, and the byte that follows it.
        var start = _widths.Take(number - 1).Sum(width => width + 1);
        return start + _widths[number - 1] > line.Length
                ? throw new FormatException("A line that is cut off.")
            : Encoding.Latin1.GetString(line, start, _widths[number - 1]).Trim() is { Length: > 0 } text
                ? text
            : null;
    }

    private static long Number(byte[] line, int number) =>
        long.TryParse(Field(line, number), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException("A line whose amount is no number.");

    // D: the merchant owes it. C: the merchant gets it back.
    private static long? FeeOf(string? text) =>
        text is ['C' or 'D', .. var digits]
        && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var fee)
            ? text[0] == 'C'
                ? -fee
                : fee
            : null;
}
