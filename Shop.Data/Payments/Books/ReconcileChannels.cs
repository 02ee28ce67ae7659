using Microsoft.Extensions.Logging;
using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Books;

/// <summary>
/// Compares the shop's book with those of the channels, day by day. A book is read whole before it is compared, and compared
/// again gives the same list of differences: whatever a killed process left is done by the next.
/// </summary>
public sealed class ReconcileChannels(
    Database<PaymentsDb> database,
    PaymentAccounts accounts,
    KeepBill keep,
    CompareBill compare,
    FollowDifferences follow,
    TimeProvider clock,
    ILogger<ReconcileChannels> log
)
{
    // By then all channels have made the book of a day: half past ten of the next one in Beijing, which knows no summer time.
    private static readonly TimeOnly _madeBy = new(10, 30);
    private static readonly TimeSpan _beijing = TimeSpan.FromHours(8);

    // What was not there for so long is for staff to ask for.
    private const int Days = 3;

    // A year's best day of a large shop.
    private static readonly TimeSpan _readLimit = TimeSpan.FromMinutes(10);

    /// <summary>Compares what is missing of the last three days, by the clock, and follows up what was found.</summary>
    /// <returns>How many books were compared; zero where none is there that was not.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var compared = 0;
        foreach (var account in accounts.All)
        {
            foreach (var day in await MissingAsync(account, cancel))
            {
                compared += await CompareAsync(account, day, cancel) is ReconcileResult.Compared ? 1 : 0;
            }

            await follow.RunAsync(account, cancel);
        }

        return compared;
    }

    /// <summary>Reads the book of one day and compares it.</summary>
    internal async Task<ReconcileResult> CompareAsync(
        PaymentAccount account,
        DateOnly day,
        CancellationToken cancel
    )
    {
        switch (await account.ReadBillAsync(day, _readLimit, cancel))
        {
            case BillReading.NotYet:
                return new ReconcileResult.NotYet();
            case BillReading.Broken(var why):
                return Broken(account, day, why);
            case var bill:
                try
                {
                    var lines = await keep.RunAsync(account, day, bill as BillReading.Lines, cancel);
                    StopPoint.Reach("bill read, not compared");
                    return new ReconcileResult.Compared(lines, await compare.RunAsync(account, day, cancel));
                }
                catch (BillBrokenException fault)
                {
                    return Broken(account, day, fault.Message);
                }
        }
    }

    private ReconcileResult.Broken Broken(PaymentAccount account, DateOnly day, string why)
    {
        log.BillBroken(account.Name, day, why);
        return new(why);
    }

    private async Task<IEnumerable<DateOnly>> MissingAsync(PaymentAccount account, CancellationToken cancel)
    {
        var today = Today(account);
        var compared = await database.Primary.ListAsync(
            $"""
            select day from payments.bill
            where channel = {Sql.Value((short)account.Traits.Code)} and account = {Sql.Value(account.Name)}
                and day >= {Sql.Value(today.AddDays(-Days))} and compared_at is not null
            """,
            row => row.GetFieldValue<DateOnly>(0),
            cancel
        );
        return Enumerable.Range(-Days, Days).Select(today.AddDays).Where(IsMade).Except(compared);
    }

    private bool IsMade(DateOnly day) =>
        new DateTimeOffset(day.AddDays(1), _madeBy, _beijing) <= clock.GetUtcNow();

    /// <summary>The day that is not over, in an account's time zone.</summary>
    internal DateOnly Today(PaymentAccount account) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), account.Traits.BillZone).DateTime);
}
