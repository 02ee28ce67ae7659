using System.Globalization;
using System.IO.Compression;
using System.Text;
using Shop.Channels.Books;
using Shop.Channels.Wires;

namespace Shop.Channels.Alipay;

/// <summary>Alipay's book of a day, from nine o'clock of the next, under an address that holds for half a minute.</summary>
internal sealed class AlipayBills(World world)
{
    private const string Header =
        "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";

    private static readonly Encoding _gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;

    /// <summary>Says where the book of a day is.</summary>
    public object Tell(AlipayCall call)
    {
        var asked = call.Read<Asked>();
        AlipayRefusal.Unless(
            asked.BillType == "trade"
                && DateOnly.TryParseExact(
                    asked.BillDate,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out _
                ),
            "isp.invalid-arguments"
        );
        var day = DateOnly.ParseExact(asked.BillDate, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var now = world.Clock.GetUtcNow();
        AlipayRefusal.Unless(
            now.ToOffset(AlipayWire.Beijing).DateTime >= day.AddDays(1).ToDateTime(new TimeOnly(9, 0))
                && Lines(day).Count > 0,
            "isp.bill_not_exist"
        );
        return new
        {
            code = "10000",
            msg = "Success",
            bill_download_url = $"{world.Address}alipay/bill?day={asked.BillDate}&until={now.AddSeconds(30).ToUnixTimeSeconds()}",
        };
    }

    /// <summary>The book of a day, packed.</summary>
    /// <param name="date">Which.</param>
    /// <param name="until">Until when its address holds.</param>
    /// <param name="isTampered">Whether its last line is left out.</param>
    /// <exception cref="AlipayRefusal">The address holds no more.</exception>
    public byte[] Packed(string date, long until, bool isTampered)
    {
        AlipayRefusal.Unless(world.Clock.GetUtcNow().ToUnixTimeSeconds() <= until, "expired");
        var day = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var lines = Lines(day);
        var refunds = lines.Count(line => line.Contains("退款", StringComparison.Ordinal));
        string[] text =
        [
            "#支付宝业务明细查询",
            "#账号：[20880000000000010156]",
            "#-----------------------------------------业务明细列表----------------------------------------",
            Header,
            .. isTampered ? lines[..^1] : lines,
            "#-----------------------------------------业务明细列表结束------------------------------------",
            $"#交易合计：{lines.Count - refunds}笔，商家实收共0.00元，商家优惠共0.00元",
            $"#退款合计：{refunds}笔，商家实收退款共0.00元，商家优惠退款共0.00元",
            "#导出时间：[2026年01月02日 09:00:00]",
        ];
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true, _gbk))
        {
            Add(zip, $"20880000_{day:yyyyMMdd}_业务明细(汇总).csv", ["#支付宝业务汇总查询"]);
            Add(zip, $"20880000_{day:yyyyMMdd}_业务明细.csv", text);
        }

        return packed.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string[] lines)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(_gbk.GetBytes(string.Concat(lines.Select(line => $"{line}\r\n"))));
    }

    private List<string> Lines(DateOnly day)
    {
        var lines = new List<string>();
        foreach (var trade in world.Trades.All.Where(trade => trade.Channel == AlipayWire.Name))
        {
            if (trade.PaidAt is { } at && IsOf(at, day))
            {
                lines.Add(Line(trade, at, null));
            }

            lines.AddRange(
                from refund in trade.Refunds
                where IsOf(refund.At, day)
                select Line(trade, refund.At, refund)
            );
        }

        return lines;
    }

    private static string Line(Trade trade, DateTimeOffset at, TradeRefund? refund)
    {
        var amount = AlipayWords.Yuan(refund is null ? trade.Minor : -refund.Minor);
        string[] cells =
        [
            $"{trade.Reference}\t",
            $"{trade.OutNo}\t",
            refund is null ? "交易" : "退款",
            trade.Notes["subject"],
            AlipayWords.Time(trade.OpenedAt),
            AlipayWords.Time(at),
            "",
            "",
            "",
            "",
            "*某(159****5620)",
            amount,
            amount,
            .. Enumerable.Repeat("0.00", 5),
            "",
            "0.00",
            "0.00",
            refund is null ? "" : $"{refund.OutNo}\t",
            refund is null ? AlipayWords.Yuan(-trade.Minor * 6 / 1000) : "0.00",
            "0.00",
            "",
        ];
        return string.Join(',', cells);
    }

    private static bool IsOf(DateTimeOffset at, DateOnly day) =>
        DateOnly.FromDateTime(at.ToOffset(AlipayWire.Beijing).DateTime) == day;

    private sealed record Asked(string BillType, string BillDate);
}
