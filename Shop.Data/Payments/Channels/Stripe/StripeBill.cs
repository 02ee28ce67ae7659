using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Shop.Data.Payments.Channels.Stripe;

/// <summary>
/// Stripe's book of a day, in UTC: its balance transactions, each with what it is of. Amounts are what the customer was charged, not
/// what was settled in the account's own currency.
/// </summary>
internal sealed class StripeBill(StripeApi api, TimeProvider clock)
{
    // Until then the list may lack what was made last.
    private static readonly TimeSpan _settled = TimeSpan.FromHours(1);

    /// <inheritdoc cref="IPaymentChannel.ReadBillAsync" />
    public async Task<BillReading> ReadAsync(DateOnly day, CancellationToken cancel)
    {
        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        if (clock.GetUtcNow() < from.AddDays(1) + _settled)
        {
            return new BillReading.NotYet();
        }

        // Stripe tells no digest, so the book is read twice: once for it, once for the lines, which then need not lie in memory.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        await foreach (var line in LinesAsync(from, cancel))
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(line));
            count++;
        }

        return count == 0
            ? new BillReading.None()
            : new BillReading.Lines(
                Convert.ToHexStringLower(hash.GetHashAndReset()),
                LinesAsync(from, CancellationToken.None)
            );
    }

    private async IAsyncEnumerable<BillLine> LinesAsync(
        DateTimeOffset from,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var path =
            $"balance_transactions?created[gte]={from.ToUnixTimeSeconds()}&created[lt]={from.AddDays(1).ToUnixTimeSeconds()}&expand[]=data.source&limit=100";
        string? after = null;
        bool hasMore;
        do
        {
            var page = await api.GetAsync(after is null ? path : $"{path}&starting_after={after}", cancel);
            if (!page.IsDone)
            {
                throw new NoAnswerException($"the list of balance transactions: {page.Code}");
            }

            foreach (var transaction in page.Body.GetProperty("data").EnumerateArray())
            {
                after = transaction.Text("id");
                if (LineOf(transaction) is { } line)
                {
                    yield return line;
                }
            }

            hasMore = page.Body.GetProperty("has_more").GetBoolean();
        } while (hasMore);
    }

    private static BillLine? LineOf(JsonElement transaction)
    {
        if (transaction.Object("source") is not { } source)
        {
            return null;
        }

        var fee =
            transaction.Text("currency") == source.Text("currency") ? transaction.Amount("fee")?.Minor : null;
        return transaction.Text("type") switch
        {
            "charge" or "payment" => new(
                IsRefund: false,
                source.Metadata("out_no"),
                source.Text("payment_intent") ?? Id(source),
                PaymentOutNo: null,
                // Of money that was held, only what was taken.
                Minor(source, source.Number("amount_captured") > 0 ? "amount_captured" : "amount"),
                Currency(source),
                fee,
                transaction.Moment("created")
            ),
            "refund" or "payment_refund" => RefundOf(transaction, source, fee, sign: 1),
            // The customer's bank did not take it: the money came back, days after it went.
            "refund_failure" => RefundOf(transaction, source, fee, sign: -1),
            // Fees, payouts, disputes: nothing that a customer paid or got back.
            _ => null,
        };
    }

    private static BillLine RefundOf(JsonElement transaction, JsonElement source, long? fee, int sign) =>
        new(
            IsRefund: true,
            source.Metadata("refund"),
            Id(source),
            source.Metadata("out_no"),
            sign * Minor(source, "amount"),
            Currency(source),
            fee,
            transaction.Moment("created"),
            source.Text("payment_intent")
        );

    private static string Id(JsonElement source) =>
        source.Text("id") ?? throw new NoAnswerException("a balance transaction of nothing");

    private static long Minor(JsonElement source, string name) =>
        source.Amount(name)?.Minor ?? throw new NoAnswerException("a balance transaction without an amount");

    private static string Currency(JsonElement source) => source.Text("currency")!.ToUpperInvariant();
}
