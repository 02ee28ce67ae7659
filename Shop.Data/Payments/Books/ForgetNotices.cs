using Microsoft.Extensions.Options;

namespace Shop.Data.Payments.Books;

/// <summary>Forgets what channels have sent, and the bills that were read, <see cref="PaymentOptions.NoticeTerm"/> ago.</summary>
public sealed class ForgetNotices(
    Database<PaymentsDb> database,
    IOptions<PaymentOptions> options,
    TimeProvider clock
)
{
    // Small enough that a batch holds its locks for milliseconds.
    private const int BatchSize = 5000;

    /// <returns>How many rows went: notices, and one bill with its lines; zero when nothing is left to forget.</returns>
    public Task<int> RunAsync(CancellationToken cancel)
    {
        var before = Sql.Value(clock.GetUtcNow() - options.Value.NoticeTerm);
        // A bill goes as a whole: one without its lines would look as if nothing had been paid.
        return database.Primary.ScalarAsync<int>(
            $"""
            with old_notices as (
                delete from payments.notice where (channel, account, notice_key) in (
                    select channel, account, notice_key from payments.notice
                    where received_at < {before} limit {BatchSize})
                returning 1),
            old_bill as (
                delete from payments.bill where (channel, account, day) in (
                    select channel, account, day from payments.bill where read_at < {before} limit 1)
                returning channel, account, day),
            old_lines as (
                delete from payments.bill_line l using old_bill b
                where l.channel = b.channel and l.account = b.account and l.day = b.day
                returning 1)
            select count(*)::int from (
                select from old_notices union all select from old_bill union all select from old_lines) as gone
            """,
            cancel
        );
    }
}
