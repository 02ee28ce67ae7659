using Npgsql;
using Shop.Channels.Books;
using Shop.Data.Payments;
using Shop.Load.Measure;

namespace Shop.Load.Pay;

/// <summary>The sandbox's own book, as that of any channel.</summary>
internal static class SandboxBook
{
    /// <summary>Every payment at the sandbox, with what went back.</summary>
    public static async Task<IReadOnlyList<Trade>> AllAsync(
        NpgsqlDataSource primary,
        CancellationToken cancel
    )
    {
        var refunds = (
            await primary.ListAsync(
                """
                select payment_out_no, out_no, reference, minor, paid_at from payments.sandbox_trade
                where payment_out_no is not null
                """,
                row =>
                    (
                        Payment: row.GetString(0),
                        Refund: new TradeRefund(
                            row.GetString(1),
                            row.GetString(2),
                            row.GetInt64(3),
                            row.GetFieldValue<DateTimeOffset>(4)
                        )
                    ),
                cancel
            )
        ).ToLookup(refund => refund.Payment, refund => refund.Refund);
        return await primary.ListAsync(
            """
            select out_no, reference, minor, currency, token, expires_at, paid_at, coalesce(paid_minor, 0)
            from payments.sandbox_trade where payment_out_no is null
            """,
            row => new Trade(
                PaymentChannelCode.Sandbox.Slug(),
                row.GetString(0),
                row.GetString(1),
                row.GetInt64(2),
                row.GetString(3),
                NotifyUrl: "",
                row.GetString(4),
                OpenedAt: default,
                row.GetFieldValue<DateTimeOffset>(5)
            )
            {
                PaidAt = row.GetFieldValue<DateTimeOffset?>(6),
                PaidMinor = row.GetInt64(7),
                Refunds = [.. refunds[row.GetString(0)]],
            },
            cancel
        );
    }
}
