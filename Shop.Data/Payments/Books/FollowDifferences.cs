using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Books;

/// <summary>
/// Does about open differences what needs no person: asks the channel, books what was given back at its desk, and closes what has
/// gone by itself. Repeated until nothing is left of it.
/// </summary>
public sealed class FollowDifferences(
    Database<PaymentsDb> database,
    BookForeignRefunds foreign,
    AskAboutMissing missing,
    TimeProvider clock
)
{
    private const int Captured = (int)PaymentStatus.Captured;
    private const int Succeeded = (int)RefundStatus.Succeeded;
    private const int Stuck = (int)RefundStatus.Stuck;

    private const int MissingHere = (int)DifferenceKind.MissingHere;
    private const int MissingThere = (int)DifferenceKind.MissingThere;
    private const int Status = (int)DifferenceKind.Status;
    private const int RefundMissingHere = (int)DifferenceKind.RefundMissingHere;
    private const int RefundMissingThere = (int)DifferenceKind.RefundMissingThere;
    private const int Duplicate = (int)DifferenceKind.Duplicate;
    private const int RefundLost = (int)DifferenceKind.RefundLost;

    // By the shop's number, or by the channel's where it was made at the channel's desk.
    private static readonly SqlText _isRefund = Sql.Part(
        $"(r.out_no = d.subject or r.payment_id = d.payment_id and r.reference = d.subject)"
    );

    internal async Task RunAsync(PaymentAccount account, CancellationToken cancel)
    {
        await foreign.RunAsync(account, cancel);
        await missing.RunAsync(account, cancel);
        await CloseAsync(account, cancel);
        await AskAsync(account, cancel);
    }

    /// <summary>Has the jobs ask: about payments until they are known to be paid, about refunds once.</summary>
    private async Task AskAsync(PaymentAccount account, CancellationToken cancel)
    {
        var (open, now) = (Open(account), Sql.Value(clock.GetUtcNow()));
        await database.Primary.ExecuteAsync(
            $"""
            update payments.payment p set next_check_at = {now}
            from payments.difference d
            where {open} and d.kind in ({MissingHere}, {Status}, {Duplicate})
                and p.id = d.payment_id and p.status < {Captured}
                and (p.next_check_at is null or p.next_check_at > {now})
            """,
            cancel
        );
        await database.Primary.ExecuteAsync(
            $"""
            with asked as (
                update payments.difference d set text = 'The channel is asked.'
                from payments.refund r
                where {open} and d.kind in ({Status}, {RefundMissingThere}, {RefundLost}) and d.text is null
                    and {_isRefund} and r.status in ({Succeeded}, {Stuck})
                returning r.id)
            update payments.refund r set next_check_at = {now} from asked where r.id = asked.id
            """,
            cancel
        );
    }

    /// <summary>Closes those where the books agree by now.</summary>
    private Task<int> CloseAsync(PaymentAccount account, CancellationToken cancel) =>
        database.Primary.ExecuteAsync(
            $"""
            update payments.difference d set resolved_at = {Sql.Value(clock.GetUtcNow())}
            where {Open(account)} and (
                d.kind in ({MissingHere}, {Status}, {Duplicate}) and d.here_minor is null and exists (
                    select from payments.payment p where p.id = d.payment_id and p.status >= {Captured})
                or d.kind = {Status} and exists (
                    select from payments.refund r where {_isRefund} and r.status = {Succeeded})
                or d.kind = {RefundMissingHere} and exists (
                    select from payments.refund r where r.payment_id = d.payment_id and r.reference = d.subject)
                or d.kind in ({MissingThere}, {RefundMissingThere}) and exists (
                    select from payments.bill_line l
                    where l.channel = d.channel and l.account = d.account and l.out_no = d.subject))
            """,
            cancel
        );

    private static SqlText Open(PaymentAccount account) =>
        Sql.Part(
            $"""
            d.channel = {Sql.Value((short)account.Traits.Code)} and d.account = {Sql.Value(account.Name)}
                and d.resolved_at is null
            """
        );
}
