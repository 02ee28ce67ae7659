using Microsoft.Extensions.Options;
using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Books;

/// <summary>Writes down in what a bill that was read and the shop's book differ. What was found before stays as it was.</summary>
public sealed class CompareBill(
    Database<PaymentsDb> database,
    IOptions<PaymentOptions> options,
    NewId newId,
    TimeProvider clock
)
{
    /// <returns>How many differences are new.</returns>
    internal async Task<int> RunAsync(PaymentAccount account, DateOnly day, CancellationToken cancel)
    {
        var (found, now) = (0, clock.GetUtcNow());
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await foreach (var difference in DifferencesAsync(account, day, now, cancel))
        {
            await DifferenceRows.AddAsync(connection, difference, cancel);
            found++;
        }

        await connection.ExecuteAsync(
            $"""
            update payments.bill set compared_at = {Sql.Value(now)}
            where channel = {Sql.Value((short)account.Traits.Code)} and account = {Sql.Value(account.Name)}
                and day = {Sql.Value(day)}
            """,
            cancel
        );
        return found;
    }

    private IAsyncEnumerable<Difference> DifferencesAsync(
        PaymentAccount account,
        DateOnly day,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        database.Primary.StreamAsync(
            new BillComparison(account, day, options.Value.Mark).Statement(),
            row => new Difference
            {
                Id = newId.Next<DifferenceId>(),
                Kind = (DifferenceKind)row.GetInt32(0),
                Channel = account.Traits.Code,
                Account = account.Name,
                Subject = row.GetString(1),
                PaymentId = row.GetValue(2) is long payment ? new(payment) : null,
                HereMinor = row.GetValue(3) as long?,
                ThereMinor = row.GetValue(4) as long?,
                Currency = row.GetString(5),
                FoundAt = now,
            },
            cancel
        );
}
