using Npgsql;
using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Findings;

/// <summary>Notices, as they are written. An orphan gives way to the same notice once its payment is there.</summary>
internal static class NoticeRows
{
    /// <summary>A notice that came just now, and what the shop made of it.</summary>
    public static Notice Of(
        PaymentAccount account,
        string key,
        ReadOnlyMemory<byte> body,
        NoticeOutcome outcome,
        DateTimeOffset now,
        PaymentId? payment
    ) =>
        new()
        {
            Channel = account.Traits.Code,
            Account = account.Name,
            NoticeKey = key,
            PaymentId = payment,
            Body = body.ToArray(),
            Outcome = outcome,
            ReceivedAt = now,
        };

    public static Task AddAsync(NpgsqlConnection connection, Notice notice, CancellationToken cancel) =>
        connection.ExecuteAsync(
            $"""
            insert into payments.notice as n
                (channel, account, notice_key, payment_id, body, outcome, received_at)
            values ({Sql.Value((short)notice.Channel)}, {Sql.Value(notice.Account)},
                {Sql.Value(notice.NoticeKey)}, {Sql.Value(notice.PaymentId?.Value)}, {Sql.Value(notice.Body)},
                {Sql.Value((short)notice.Outcome)}, {Sql.Value(notice.ReceivedAt)})
            on conflict (channel, account, notice_key) do update
            set payment_id = excluded.payment_id, outcome = excluded.outcome
            where n.outcome = {(short)NoticeOutcome.Orphan}
            """,
            cancel
        );

    /// <summary>Whether a notice was taken before, and led to something.</summary>
    public static async Task<bool> IsTakenAsync(
        NpgsqlConnection connection,
        PaymentChannelCode channel,
        string account,
        string key,
        CancellationToken cancel
    ) =>
        await connection.ScalarAsync<bool>(
            $"""
            select exists (
                select from payments.notice
                where channel = {Sql.Value((short)channel)} and account = {Sql.Value(account)}
                    and notice_key = {Sql.Value(key)} and outcome <> {(short)NoticeOutcome.Orphan})
            """,
            cancel
        );
}
