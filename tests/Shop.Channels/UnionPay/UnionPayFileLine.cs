using System.Globalization;
using System.Text;
using Shop.Channels.Books;

namespace Shop.Channels.UnionPay;

/// <summary>Lines of the merchant's file: fields of fixed widths, counted in bytes of GBK, a blank after each.</summary>
internal static class UnionPayFileLine
{
    /// <summary>What the file is written in.</summary>
    public static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;

    private const string Widths =
        "3 11 11 6 10 19 12 4 2 21 2 32 2 6 10 13 13 4 15 2 2 6 2 4 32 1 21 15 1 15 32 13 13 8 32 13 13 12 2 1 32 98";

    /// <summary>All lines of a payment: what was paid, what went back, and one that is neither.</summary>
    public static IEnumerable<(DateTimeOffset At, string Text)> Of(Trade trade)
    {
        if (trade.PaidAt is not { } paidAt)
        {
            yield break;
        }

        yield return (paidAt, Write("S22", "01", paidAt, trade.PaidMinor, trade.Reference, trade.OutNo));
        yield return (paidAt, Write("S23", "31", paidAt, 1, trade.Reference, $"{trade.OutNo}V"));
        foreach (var refund in trade.Refunds)
        {
            yield return (
                refund.At,
                Write("S30", "04", refund.At, refund.Minor, refund.Reference, refund.OutNo, trade)
            );
        }
    }

    private static string Write(
        string code,
        string type,
        DateTimeOffset at,
        long minor,
        string queryId,
        string orderId,
        Trade? orig = null
    )
    {
        // The merchant owes the fee of what was paid, and gets back that of what went back.
        var fee = (orig is null ? "D" : "C") + Digits(minor / 200);
        var fields = new Dictionary<int, string>
        {
            [1] = code,
            [2] = "00010000",
            [3] = "00010000",
            [4] = queryId[^6..],
            [5] = UnionPayRules.Text(at, "MMddHHmmss"),
            [6] = "622848*********0012",
            [7] = Digits(minor),
            [8] = "5311",
            [9] = "07",
            [10] = queryId,
            [12] = orderId,
            [16] = fee,
            [17] = fee,
            [19] = UnionPayWire.Merchant,
            [20] = type,
            [22] = "000201",
            [27] = orig?.Reference ?? "",
            [31] = "示例商户",
            [41] = orig?.OutNo ?? "",
            [42] = "备注",
        };
        return string.Concat(
            Widths.Split(' ').Select((width, index) => Padded(fields.GetValueOrDefault(index + 1, ""), width))
        );
    }

    private static string Padded(string text, string width) =>
        text + new string(' ', int.Parse(width, CultureInfo.InvariantCulture) + 1 - Gbk.GetByteCount(text));

    private static string Digits(long minor) => minor.ToString("d12", CultureInfo.InvariantCulture);
}
