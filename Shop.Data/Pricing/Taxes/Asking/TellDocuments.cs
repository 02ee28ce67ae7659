using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Data.Outside;

namespace Shop.Data.Pricing.Taxes.Asking;

/// <summary>
/// Tells the tax service of orders that were paid, and of those whose money went back, until it has heard. Told twice is told once, so
/// what was told and not noted is told again. Many nodes share the work; what a worker has taken comes back when it is gone.
/// </summary>
public sealed class TellDocuments(
    Database<PricingDb> database,
    ITaxSource source,
    [FromKeyedServices(TaxServiceOptions.Section)] OutsideLine line,
    IOptions<TaxServiceOptions> options,
    TimeProvider clock
)
{
    // All of a batch are told within the lease, also where each takes its whole time.
    private const int BatchSize = 16;
    private const int AtOnce = 8;
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(2);

    /// <returns>How many were taken; zero where none is due, or there is no service.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (options.Value.Address is null || await ClaimAsync(cancel) is not { Count: > 0 } due)
        {
            return 0;
        }

        var told = new ConcurrentBag<Claimed>();
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (one, stop) =>
            {
                if (
                    await line.CallAsync(call => TellAsync(one, call), options.Value.DocumentLimit, stop)
                    is not null
                )
                {
                    told.Add(one);
                }
            }
        );
        await NoteAsync([.. told], [.. due.Except(told)], cancel);
        return due.Count;
    }

    /// <summary>When what was tried so often is tried again: seconds at first, an hour at most.</summary>
    internal static TimeSpan RetryAfter(int tries) =>
        TimeSpan.FromSeconds(Math.Min(3600, 5 << Math.Min(tries, 10)));

    private async Task<Claimed> TellAsync(Claimed one, CancellationToken cancel)
    {
        if (one.Document is { } document)
        {
            await source.CommitAsync(one.Code, document, cancel);
        }
        else
        {
            await source.VoidAsync(one.Code, cancel);
        }

        return one;
    }

    private Task<List<Claimed>> ClaimAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return database.Primary.ListAsync(
            $"""
            with due as (
                select order_id from pricing.untold_document
                where next_try_at <= {Sql.Value(now)} and (lease_until is null or lease_until <= {Sql.Value(
                now
            )})
                order by next_try_at limit {BatchSize} for update skip locked)
            update pricing.untold_document d set lease_until = {Sql.Value(now + _lease)}
            from due where d.order_id = due.order_id
            returning d.order_id, d.code, d.version, d.document, d.tries
            """,
            row => new Claimed(
                row.GetInt64(0),
                row.GetString(1),
                row.GetInt32(2),
                row.IsDBNull(3) ? null : StoredJson.Read<TaxDocument>(row.GetString(3)),
                row.GetInt32(4)
            ),
            cancel
        );
    }

    // What has become newer meanwhile stays, to be told.
    private Task<int> NoteAsync(
        IReadOnlyList<Claimed> told,
        IReadOnlyList<Claimed> untold,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        return database.Primary.ExecuteAsync(
            $"""
            with told as (
                delete from pricing.untold_document d
                using unnest({Sql.Column(told, one => one.Order)}, {Sql.Column(told, one => one.Version)})
                    as t(order_id, version)
                where (d.order_id, d.version) = (t.order_id, t.version))
            update pricing.untold_document d
            set tries = d.tries + 1, next_try_at = u.next_try_at, lease_until = null
            from unnest(
                {Sql.Column(untold, one => one.Order)}, {Sql.Column(untold, one => one.Version)},
                {Sql.Column(untold, one => now + RetryAfter(one.Tries))}) as u(order_id, version, next_try_at)
            where (d.order_id, d.version) = (u.order_id, u.version)
            """,
            cancel
        );
    }

    private sealed record Claimed(long Order, string Code, int Version, TaxDocument? Document, int Tries);
}
