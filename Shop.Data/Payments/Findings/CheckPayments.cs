using Microsoft.Extensions.Logging;

namespace Shop.Data.Payments.Findings;

/// <summary>
/// Asks channels about payments that nobody has told of: the net under lost answers and lost notices. Many nodes share the work;
/// what a worker has taken comes back when it is gone.
/// </summary>
public sealed class CheckPayments(
    Database<PaymentsDb> database,
    CheckPayment check,
    TimeProvider clock,
    ILogger<CheckPayments> log
)
{
    private const int BatchSize = 100;
    private const int FewestClaimed = 10;
    private const int AtOnce = 8;
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(30);

    /// <returns>How many payments were asked about; zero where none is due.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var asked = 0;
        var asking = new HashSet<Task>();
        var turns = new Dictionary<string, SemaphoreSlim>(StringComparer.Ordinal);
        try
        {
            while (await ClaimAsync(BatchSize - asking.Count, cancel) is { Count: > 0 } due)
            {
                asked += due.Count;
                foreach (var (id, account) in due)
                {
                    turns.TryAdd(account, new(AtOnce));
                    asking.Add(CheckInTurnAsync(id, turns[account], cancel));
                }

                // What is not answered keeps its place, and holds up none that comes after it.
                while (asking.Count > BatchSize - FewestClaimed)
                {
                    asking.Remove(await Task.WhenAny(asking));
                }
            }
        }
        finally
        {
            await Task.WhenAll(asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancel.ThrowIfCancellationRequested();
        return asked;
    }

    // A channel that is slow has its own turns, and delays no other.
    private async Task CheckInTurnAsync(PaymentId id, SemaphoreSlim turns, CancellationToken cancel)
    {
        await turns.WaitAsync(cancel);
        try
        {
            await CheckAsync(id, cancel);
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task CheckAsync(PaymentId id, CancellationToken cancel)
    {
        try
        {
            await check.RunAsync(id, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // Its lease runs out, and it is tried again; the others go on.
            log.NotChecked(id.Value, fault);
        }
    }

    private Task<List<(PaymentId Id, string Account)>> ClaimAsync(int most, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return database.Primary.ListAsync(
            $"""
            with due as (
                select id from payments.payment
                where next_check_at <= {Sql.Value(now)}
                    and (lease_until is null or lease_until <= {Sql.Value(now)})
                order by next_check_at limit {most} for update skip locked)
            update payments.payment p
            set lease_until = {Sql.Value(now + _lease)}, asked_at = {Sql.Value(now)}
            from due where p.id = due.id
            returning p.id, p.account
            """,
            row => (new PaymentId(row.GetInt64(0)), row.GetString(1)),
            cancel
        );
    }
}
