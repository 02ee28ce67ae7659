using Microsoft.EntityFrameworkCore;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Data.Storage;
using PaymentRow = Shop.Data.Payments.Payment;

namespace Shop.GraphQL.Payments;

/// <summary>What staff finds of payments.</summary>
internal sealed class StaffPaymentQueries(Reads<PaymentsDb> reads, PaymentAccounts accounts)
{
    /// <summary>All payments, newest first.</summary>
    /// <param name="where">Which; all of them where it is left out.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Payments)]
    public async Task<Connection<Payment>> PaymentsAsync(
        PaymentWhere? where,
        ForwardPage page,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = Filtered(db.Payments, where);
        if (Cursor.Number(page.Cursor) is { } before)
        {
            rows = rows.Where(row => (long)(object)row.Id < before);
        }

        var payments = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return Connection<Payment>.Of(
            payments.ConvertAll(row => Payment.Of(row, isProven: false)),
            page,
            payment => Cursor.Of(payment.Id.Value)
        );
    }

    /// <summary>The shop's accounts at channels, and how these do, as far as the process that answers knows; at most 50.</summary>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Payments), Cost(10), ListSize(5)]
    public async Task<IReadOnlyList<ChannelHealth>> PaymentChannelsAsync(CancellationToken cancel)
    {
        await using var db = await reads.OpenAsync(cancel);
        var uncertain = await db
            .Payments.Where(row => row.Status == PaymentStatus.Uncertain)
            .GroupBy(row => new { row.Channel, row.Account })
            .Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancel);
        var notices = await db
            .Notices.GroupBy(row => new { row.Channel, row.Account })
            .Select(group => new { group.Key, Last = group.Max(row => row.ReceivedAt) })
            .ToListAsync(cancel);
        var bills = await db
            .Bills.Where(row => row.ComparedAt != null)
            .GroupBy(row => new { row.Channel, row.Account })
            .Select(group => new { group.Key, Last = group.Max(row => row.Day) })
            .ToListAsync(cancel);
        return
        [
            .. accounts.All.Select(account =>
            {
                var key = new { Channel = account.Traits.Code, Account = account.Name };
                return ChannelHealth.Of(
                    account,
                    uncertain.Find(row => row.Key.Equals(key))?.Count ?? 0,
                    notices.Find(row => row.Key.Equals(key))?.Last,
                    bills.Find(row => row.Key.Equals(key))?.Last
                );
            }),
        ];
    }

    private static IQueryable<PaymentRow> Filtered(IQueryable<PaymentRow> rows, PaymentWhere? where)
    {
        rows = where?.Status?.Eq is { } status ? rows.Where(row => row.Status == status) : rows;
        rows = where?.Status?.In is { } statuses ? rows.Where(row => statuses.Contains(row.Status)) : rows;
        rows = where?.Channel?.Eq is { } channel ? rows.Where(row => row.Channel == channel) : rows;
        foreach (
            var condition in Engine.Filters.TextFilter.Conditions<PaymentRow>(
                where?.Number,
                one => row => row.OutNo == one || row.Reference == one,
                many => row => many.Contains(row.OutNo) || many.Contains(row.Reference!)
            )
        )
        {
            rows = rows.Where(condition);
        }

        return rows;
    }
}

/// <summary>How an account at a channel does.</summary>
/// <param name="Account">As the settings call it.</param>
/// <param name="Channel">At which channel.</param>
/// <param name="Available">Whether the process that answers calls it: it does not for half a minute after most calls had no answer.</param>
/// <param name="LastSuccessAt">When that process had its last answer; null before the first.</param>
/// <param name="Failures">How many calls of that process in a row have had no answer.</param>
/// <param name="LastNoticeAt">When the channel last sent something by itself, to whatever process; null where it has not.</param>
/// <param name="Uncertain">Payments of which the channel has not said whether it has them.</param>
/// <param name="KeyExpiresAt">When the first ends of what the account can't do without: the key or certificate that signs, or the last one that verifies. Null where none says.</param>
/// <param name="KeyEndsSoon">Whether that is less than 30 days off, or past: put the next one beside it.</param>
/// <param name="LastBill">The last day whose bill was compared with the shop's own book, in the channel's time zone: `2026-11-27`. Null where none was.</param>
[Staff(StaffRole.Payments)]
internal sealed record ChannelHealth(
    string Account,
    PaymentChannelCode Channel,
    bool Available,
    DateTimeOffset? LastSuccessAt,
    int Failures,
    DateTimeOffset? LastNoticeAt,
    int Uncertain,
    DateTimeOffset? KeyExpiresAt,
    bool KeyEndsSoon,
    string? LastBill
)
{
    internal static ChannelHealth Of(
        PaymentAccount account,
        int uncertain,
        DateTimeOffset? lastNoticeAt,
        DateOnly? lastBill
    ) =>
        new(
            account.Name,
            account.Traits.Code,
            account.IsAvailable,
            account.LastSuccessAt,
            account.Failures,
            lastNoticeAt,
            uncertain,
            account.Traits.KeyExpiresAt,
            account.IsKeyEnding,
            lastBill?.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
        );
}
