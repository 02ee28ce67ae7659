using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Shop.Channels.Books;
using Shop.Channels.Wires;

namespace Shop.Channels.WechatPay;

/// <summary>WeChat Pay's book of a day, from ten o'clock of the next.</summary>
internal sealed class WechatPayBills(World world, string merchant)
{
    private const string Header =
        "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";

    private const string TotalsHeader =
        "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

    /// <summary>Says where the book of a day is, and its digest.</summary>
    public object Tell(string date, string type, string packing)
    {
        WechatPayRefusal.Unless(
            DateOnly.TryParseExact(
                date,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
                && type == "ALL"
                && packing == "GZIP",
            "PARAM_ERROR"
        );
        var now = world.Clock.GetUtcNow().ToOffset(WechatPayWire.Beijing).DateTime;
        WechatPayRefusal.Unless(now >= day.AddDays(1).ToDateTime(new TimeOnly(10, 0)), "STATEMENT_CREATING");
        var text = Text(day);
        WechatPayRefusal.Unless(text.Length > 0, "NO_STATEMENT_EXIST");
        return new
        {
            hash_type = "SHA1",
            hash_value = Convert.ToHexStringLower(
                CryptographicOperations.HashData(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(text))
            ),
            download_url = $"{world.Address}v3/billdownload/file?token={date}",
        };
    }

    /// <summary>The book of a day, packed.</summary>
    /// <param name="date">Which.</param>
    /// <param name="isTampered">Whether a fen is changed in it.</param>
    public byte[] Packed(string date, bool isTampered)
    {
        var text = Text(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(
                Encoding.UTF8.GetBytes(
                    isTampered ? text.Replace(".90", ".91", StringComparison.Ordinal) : text
                )
            );
        }

        return packed.ToArray();
    }

    private string Text(DateOnly day)
    {
        var lines = new List<string>();
        foreach (var trade in world.Trades.All.Where(trade => trade.Channel == WechatPayWire.Name))
        {
            if (trade.PaidAt is { } at && IsOf(at, day))
            {
                lines.Add(Line(trade, at, "SUCCESS", null));
            }

            lines.AddRange(
                from refund in trade.Refunds
                where IsOf(refund.At, day)
                select Line(trade, refund.At, "REFUND", refund)
            );
        }

        return lines.Count == 0
            ? ""
            // The true one begins with a byte order mark.
            : $"\uFEFF{Header}\r\n{string.Concat(lines.Select(line => $"{line}\r\n"))}{TotalsHeader}\r\n`{lines.Count},`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00\r\n";
    }

    private string Line(Trade trade, DateTimeOffset at, string state, TradeRefund? refund)
    {
        string[] cells =
        [
            at.ToOffset(WechatPayWire.Beijing).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            trade.Notes["appid"],
            merchant,
            "0",
            "",
            trade.Reference,
            trade.OutNo,
            trade.Notes["openid"],
            trade.Notes["product"].ToUpperInvariant(),
            state,
            "OTHERS",
            trade.Currency,
            Yuan(refund is null ? trade.Minor - 1 : 0),
            "0.00",
            refund?.Reference ?? "",
            refund?.OutNo ?? "",
            Yuan(refund?.Minor - 1 ?? 0),
            "0.00",
            refund is null ? "" : "ORIGINAL",
            refund is null ? "" : Status(refund),
            trade.Notes["description"],
            trade.Token ?? "",
            // 0.6 %, with five decimals in the true one.
            (Math.Round(trade.Minor * 0.006m) / 100).ToString("0.00000", CultureInfo.InvariantCulture),
            "0.60%",
            Yuan(refund is null ? trade.Minor : 0),
            Yuan(refund?.Minor ?? 0),
            "",
        ];
        return string.Join(',', cells.Select(cell => $"`{cell}"));
    }

    private static string Status(TradeRefund refund) =>
        refund.Status switch
        {
            RefundStatus.Succeeded => "SUCCESS",
            RefundStatus.Failed => "FAIL",
            _ => "PROCESSING",
        };

    private static bool IsOf(DateTimeOffset at, DateOnly day) =>
        DateOnly.FromDateTime(at.ToOffset(WechatPayWire.Beijing).DateTime) == day;

    private static string Yuan(long fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
