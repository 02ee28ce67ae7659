using Npgsql;
using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Books;

/// <summary>The statement that compares a bill with the shop's book.</summary>
/// <param name="account">Whose bill.</param>
/// <param name="day">Of which day; it is read.</param>
/// <param name="mark">What the shop's numbers begin with: others on the account are another system's.</param>
internal sealed class BillComparison(PaymentAccount account, DateOnly day, string mark)
{
    // An order can be paid for 30 days at most; two more for what lies around them.
    private const int LongestTerm = 32;

    private const int Authorized = (int)PaymentStatus.Authorized;
    private const int Captured = (int)PaymentStatus.Captured;
    private const int Succeeded = (int)RefundStatus.Succeeded;
    private const int Failed = (int)RefundStatus.Failed;
    private const int Stuck = (int)RefundStatus.Stuck;
    private const int Foreign = (int)RefundReason.Foreign;

    private const int MissingHere = (int)DifferenceKind.MissingHere;
    private const int MissingThere = (int)DifferenceKind.MissingThere;
    private const int Amount = (int)DifferenceKind.Amount;
    private const int Status = (int)DifferenceKind.Status;
    private const int RefundMissingHere = (int)DifferenceKind.RefundMissingHere;
    private const int RefundMissingThere = (int)DifferenceKind.RefundMissingThere;
    private const int Duplicate = (int)DifferenceKind.Duplicate;
    private const int Orphan = (int)DifferenceKind.Orphan;
    private const int RefundLost = (int)DifferenceKind.RefundLost;

    private readonly NpgsqlParameter _channel = Sql.Value((short)account.Traits.Code);
    private readonly NpgsqlParameter _name = Sql.Value(account.Name);
    private readonly NpgsqlParameter _day = Sql.Value(day);
    private readonly NpgsqlParameter _zone = Sql.Value(account.Traits.BillZone.Id);
    private readonly NpgsqlParameter _ofPayment = Sql.Value($"^{mark}[0-9]+$");
    private readonly NpgsqlParameter _ofRefund = Sql.Value($"^{mark}R[0-9]+$");
    private readonly NpgsqlParameter _first = Sql.Value(
        NewId.FirstAt(new(day.AddDays(-LongestTerm), TimeOnly.MinValue, TimeSpan.Zero))
    );

    /// <summary>Kind, subject, payment, here, there and currency of each difference that was not found before.</summary>
    public SqlText Statement() =>
        Sql.Part(
            $"""
            with line as (
                select * from payments.bill_line
                where channel = {_channel} and account = {_name} and day = {_day}),
            {Paid()},
            {Back()},
            {Here()},
            {Missed()}
            select distinct on (kind, subject) kind, subject, id, here, there, currency
            from (select * from paid union all select * from back union all select * from missed) found
            where kind is not null and not exists (
                select from payments.difference d
                where d.channel = {_channel} and d.account = {_name}
                    and d.kind = found.kind and d.subject = found.subject)
            order by kind, subject
            """
        );

    /// <summary>What customers have paid, as the channel has it.</summary>
    private SqlText Paid() =>
        Sql.Part(
            $"""
            paid as (
                select
                    case
                        when p.id is null then {Orphan}
                        when twice.minor is not null or p.status < {Captured} and due.settled_by is not null
                            then {Duplicate}
                        when p.status <= {Authorized} then {MissingHere}
                        when p.status < {Captured} then {Status}
                        when p.captured_minor <> l.minor or coalesce(p.captured_currency, p.currency) <> l.currency
                            then {Amount}
                    end as kind,
                    l.out_no as subject, p.id,
                    case when p.status >= {Captured} then p.captured_minor end as here,
                    coalesce(twice.minor, l.minor) as there, l.currency
                from line l
                left join payments.payment p
                    on p.channel = l.channel and p.account = l.account and p.out_no = l.out_no
                left join payments.due on due.order_id = p.order_id
                left join lateral (
                    select sum(o.minor)::bigint as minor from payments.bill_line o
                    where o.channel = l.channel and o.account = l.account and o.out_no = l.out_no and not o.is_refund
                    having count(distinct o.reference) > 1) twice on true
                where not l.is_refund and (p.id is not null or l.out_no ~ {_ofPayment}))
            """
        );

    /// <summary>What has gone back, as the channel has it; less than zero is what came to the shop again.</summary>
    private SqlText Back() =>
        Sql.Part(
            $"""
            back as (
                select
                    case
                        when p.id is null then {Orphan}
                        when l.minor < 0 then case when r.id is null or r.status = {Succeeded} then {RefundLost} end
                        when r.id is null then {RefundMissingHere}
                        when r.amount_minor <> l.minor then {Amount}
                        when r.status in ({Failed}, {Stuck}) and not exists (
                            select from payments.difference lost
                            where lost.channel = l.channel and lost.account = l.account
                                and lost.kind = {RefundLost} and lost.subject = coalesce(own.out_no, l.reference))
                            then {Status}
                    end as kind,
                    coalesce(own.out_no, l.reference) as subject,
                    p.id, r.amount_minor as here, greatest(l.minor, 0) as there, l.currency
                from line l
                left join payments.refund own on own.out_no = l.out_no
                left join payments.payment told
                    on told.channel = l.channel and told.account = l.account and told.out_no = l.payment_out_no
                left join payments.refund desk on desk.payment_id = told.id and desk.reference = l.reference
                left join payments.refund r on r.id = coalesce(own.id, desk.id)
                left join payments.payment p on p.id = coalesce(r.payment_id, told.id)
                where l.is_refund
                    and (p.id is not null or l.out_no ~ {_ofRefund} or l.payment_out_no ~ {_ofPayment}))
            """
        );

    /// <summary>
    /// What the shop has taken or given back, and from when until when it can stand on a bill: a bill whose day begins at another
    /// hour has it a day later. Of what was done at the channel's desk the channel does not know the shop's number.
    /// </summary>
    private SqlText Here() =>
        Sql.Part(
            $"""
            here as (
                select p.out_no, p.id, false as is_refund, p.captured_minor as minor,
                    coalesce(p.captured_currency, p.currency) as currency,
                    (p.begun_at at time zone {_zone})::date as since,
                    (p.expires_at at time zone {_zone})::date + 1 as until
                from payments.payment p
                where p.channel = {_channel} and p.account = {_name} and p.id >= {_first} and p.status >= {Captured}
                union all
                select r.out_no, p.id, true, r.amount_minor, coalesce(p.captured_currency, p.currency),
                    (r.requested_at at time zone {_zone})::date,
                    (r.finished_at at time zone {_zone})::date + 1
                from payments.refund r join payments.payment p on p.id = r.payment_id
                where p.channel = {_channel} and p.account = {_name} and r.id >= {_first}
                    and r.status = {Succeeded} and r.reason <> {Foreign})
            """
        );

    /// <summary>What of it no bill has, where all on which it can stand are read.</summary>
    private SqlText Missed() =>
        Sql.Part(
            $"""
            missed as (
                select case when is_refund then {RefundMissingThere} else {MissingThere} end as kind,
                    out_no as subject, id, minor as here, null::bigint as there, currency
                from here
                where {_day} between since and until
                    and until - since + 1 = (
                        select count(*) from payments.bill b
                        where b.channel = {_channel} and b.account = {_name} and b.day between since and until)
                    and not exists (
                        select from payments.bill_line l
                        where l.channel = {_channel} and l.account = {_name} and l.out_no = here.out_no
                            and l.is_refund = here.is_refund))
            """
        );
}
