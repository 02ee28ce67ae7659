using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>Reads Alipay's book of a day: a ZIP of CSVs in GBK, of which one has the lines and the other sums.</summary>
internal sealed partial class AlipayBill(AlipayCalls calls, TimeProvider clock)
{
    private const string Reference = "支付宝交易号";
    private const string OutNo = "商户订单号";
    private const string Kind = "业务类型";
    private const string At = "完成时间";
    private const string Goods = "商品名称";
    private const string Amount = "订单金额（元）";
    private const string RefundNo = "退款批次号/请求号";
    private const string Fee = "服务费（元）";

    private static readonly TimeOnly _madeAt = new(9, 0);

    /// <summary>Reads the book of a day; there is one from nine o'clock of the next day.</summary>
    public async Task<BillReading> ReadAsync(DateOnly day, CancellationToken cancel)
    {
        // Before, Alipay says what it says of a day without trades.
        if (
            clock.GetUtcNow()
            < new DateTimeOffset(day.AddDays(1).ToDateTime(_madeAt), BeijingTime.Zone.BaseUtcOffset)
        )
        {
            return new BillReading.NotYet();
        }

        var answer = await calls.SendAsync(
            "alipay.data.dataservice.bill.downloadurl.query",
            AlipayText.Json(new Asked("trade", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
            null,
            cancel
        );
        if (!answer.IsDone)
        {
            return answer.Why switch
            {
                "isp.bill_not_exist" => new BillReading.None(),
                var code => throw new NoAnswerException($"Alipay gives no bill: {code}."),
            };
        }

        if (!Uri.TryCreate(answer.Read<Told>().BillDownloadUrl, UriKind.Absolute, out var url))
        {
            throw new NoAnswerException("Alipay's answer says not where the bill is.");
        }

        return await FetchAsync(url, cancel);
    }

    private async Task<BillReading> FetchAsync(Uri url, CancellationToken cancel)
    {
        try
        {
            using var response = await calls.OpenAsync(url, cancel);
            await using var stream = await response.Content.ReadAsStreamAsync(cancel);
            await using var packed = await BillFile.TakeAsync(stream, cancel);
            await using var zip = new ZipArchive(
                packed.Bytes,
                ZipArchiveMode.Read,
                leaveOpen: true,
                AlipayEncodings.Gbk
            );
            var lines = zip.Entries.SingleOrDefault(entry =>
                entry.Name.EndsWith(".csv", StringComparison.Ordinal)
                && !entry.Name.Contains("汇总", StringComparison.Ordinal)
            );
            if (lines is null)
            {
                return new BillReading.Broken("it has no lines");
            }

            await using var text = await lines.OpenAsync(cancel);
            var file = await BillFile.TakeAsync(text, cancel);
            return await file.ReadAsync(AlipayEncodings.Gbk, ParseAsync, cancel);
        }
        catch (InvalidDataException)
        {
            return new BillReading.Broken("it does not unpack");
        }
        catch (IOException cut)
        {
            throw new NoAnswerException("Alipay's bill has ended early.", cut);
        }
    }

    private static async IAsyncEnumerable<BillLine> ParseAsync(
        TextReader text,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        BillColumns? columns = null;
        var (count, told) = (0L, 0L);
        var (isWhole, hasTotals) = (false, false);
        while (await text.ReadLineAsync(cancel) is { } line)
        {
            if (line.StartsWith('#'))
            {
                isWhole |= line.Contains("业务明细列表结束", StringComparison.Ordinal);
                if (Total().Match(line) is { Success: true } total)
                {
                    hasTotals = true;
                    told += long.Parse(total.Groups["count"].Value, CultureInfo.InvariantCulture);
                }
            }
            else if (columns is null)
            {
                columns = new(Cells(line), [Reference, OutNo, Kind, At, Amount, RefundNo, Fee]);
            }
            else if (line.Length > 0)
            {
                count++;
                yield return Row(columns, columns.Fitted(Cells(line), Goods));
            }
        }

        if (!isWhole || hasTotals && told != count)
        {
            throw new FormatException("The bill has not as many lines as it says.");
        }
    }

    private static string[] Cells(string line) =>
        Array.ConvertAll(line.Split(','), cell => cell.Trim('\t', ' '));

    private static BillLine Row(BillColumns columns, string[] line)
    {
        var isRefund = columns.Needed(line, Kind) == "退款";
        var outNo = columns.Text(line, OutNo);
        var refundNo = isRefund ? columns.Text(line, RefundNo) : null;
        var reference = columns.Needed(line, Reference);
        return new(
            isRefund,
            isRefund ? refundNo : outNo,
            // Alipay has no number of its own for a refund: ours stands for it, as in its answers.
            refundNo ?? reference,
            isRefund ? outNo : null,
            Math.Abs(columns.Fen(line, Amount)),
            Yuan.Currency,
            // It has a sign, as what the merchant gets has.
            -Yuan.Read(columns.Text(line, Fee)),
            BeijingTime.Read(columns.Text(line, At))
        );
    }

    [GeneratedRegex("^#+(交易|退款)合计：(?<count>[0-9]+)笔", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Total();

    private sealed record Asked(string BillType, string BillDate);

    private sealed record Told(string? BillDownloadUrl);
}
