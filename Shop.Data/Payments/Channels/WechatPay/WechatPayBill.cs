using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>Reads WeChat Pay's book of a day: CSV with a back-tick before each field, packed, with its SHA-1 told before.</summary>
internal sealed class WechatPayBill(WechatPayCalls calls)
{
    private const string At = "交易时间";
    private const string TradeReference = "微信订单号";
    private const string TradeOutNo = "商户订单号";
    private const string State = "交易状态";
    private const string Currency = "货币种类";
    private const string Total = "订单金额";
    private const string RefundReference = "微信退款单号";
    private const string RefundOutNo = "商户退款单号";
    private const string Refund = "申请退款金额";
    private const string RefundState = "退款状态";
    private const string Goods = "商品名称";
    private const string Fee = "手续费";
    private const string TotalsHeader = "总交易单数";

    /// <summary>Reads the book of a day; there is one from ten o'clock of the next day.</summary>
    public async Task<BillReading> ReadAsync(DateOnly day, CancellationToken cancel)
    {
        var answer = await calls.SendAsync(
            HttpMethod.Get,
            string.Create(
                CultureInfo.InvariantCulture,
                $"/v3/bill/tradebill?bill_date={day:yyyy-MM-dd}&bill_type=ALL&tar_type=GZIP"
            ),
            "",
            cancel
        );
        if (!answer.IsDone)
        {
            return answer.Code switch
            {
                "NO_STATEMENT_EXIST" => new BillReading.None(),
                "STATEMENT_CREATING" => new BillReading.NotYet(),
                var code => throw new NoAnswerException($"WeChat Pay gives no bill: {code}."),
            };
        }

        var told = answer.Read<Told>();
        try
        {
            using var response = await calls.OpenAsync(told.DownloadUrl, cancel);
            await using var packed = await response.Content.ReadAsStreamAsync(cancel);
            await using var text = new GZipStream(packed, CompressionMode.Decompress);
            var file = await BillFile.TakeAsync(text, cancel);
            if (
                told.HashType == "SHA1"
                && file.Sha1.Equals(told.HashValue, StringComparison.OrdinalIgnoreCase)
            )
            {
                return await file.ReadAsync(Encoding.UTF8, ParseAsync, cancel);
            }

            await file.DisposeAsync();
            return new BillReading.Broken("its digest is not the one that was told");
        }
        catch (InvalidDataException)
        {
            return new BillReading.Broken("it does not unpack");
        }
        catch (IOException cut)
        {
            throw new NoAnswerException("WeChat Pay's bill has ended early.", cut);
        }
    }

    /// <summary>Reads the lines of its text.</summary>
    /// <exception cref="FormatException">It lacks lines, or is no such text.</exception>
    internal static async IAsyncEnumerable<BillLine> ParseAsync(
        TextReader text,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var columns = new BillColumns(
            (await text.ReadLineAsync(cancel) ?? "").Split(','),
            [
                At,
                TradeReference,
                TradeOutNo,
                State,
                Currency,
                Total,
                RefundReference,
                RefundOutNo,
                Refund,
                RefundState,
                Fee,
            ]
        );
        var count = 0L;
        while (await text.ReadLineAsync(cancel) is { } line)
        {
            if (line.StartsWith(TotalsHeader, StringComparison.Ordinal))
            {
                var totals = Cells(await text.ReadLineAsync(cancel) ?? "");
                if (totals[0] != count.ToString(CultureInfo.InvariantCulture))
                {
                    throw new FormatException("The bill has not as many lines as it says.");
                }

                yield break;
            }

            count++;
            if (Row(columns, columns.Fitted(Cells(line), Goods)) is { } row)
            {
                yield return row;
            }
        }

        throw new FormatException("The bill ends without its totals.");
    }

    // Texts have commas in them.
    private static string[] Cells(string line) => line.TrimStart('`').Split(",`");

    private static BillLine? Row(BillColumns columns, string[] line)
    {
        var at = BeijingTime.Read(columns.Text(line, At));
        var outNo = columns.Text(line, TradeOutNo);
        var currency = columns.Needed(line, Currency);
        return columns.Text(line, State) switch
        {
            "SUCCESS" => new(
                false,
                outNo,
                columns.Needed(line, TradeReference),
                null,
                columns.Fen(line, Total),
                currency,
                Yuan.Read(columns.Text(line, Fee)),
                at
            ),
            "REFUND" when columns.Text(line, RefundState) is "SUCCESS" or "PROCESSING" => new(
                true,
                columns.Text(line, RefundOutNo),
                columns.Needed(line, RefundReference),
                outNo,
                columns.Fen(line, Refund),
                currency,
                Yuan.Read(columns.Text(line, Fee)),
                at
            ),
            _ => null,
        };
    }

    private sealed record Told(string HashType, string HashValue, Uri DownloadUrl);
}
