using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Pricing;

/// <summary>
/// The promotions that run or are to run, as this node last read them: at most five seconds ago, and not before a change that it
/// heard of; while PostgreSQL is away, as they were last read. Starts and ends need no reading: a quote looks at its own moment.
/// Thread-safe; one for the process.
/// </summary>
public sealed class RunningPromotions(Database<PricingDb> database, Announcer announcer, TimeProvider clock)
{
    /// <summary>Where changes are told; for <see cref="Signals"/>.</summary>
    public const string Channel = "pricing";

    private static readonly TimeSpan _keptFor = TimeSpan.FromSeconds(5);

    private readonly Lock _reading = new();
    private (Task<PromotionBook> Book, long At)? _last;
    private volatile PromotionBook? _known;

    /// <summary>All of them. Those who ask at the same moment share one statement.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and they were never read.</exception>
    public Task<PromotionBook> ReadAsync(CancellationToken cancel)
    {
        lock (_reading)
        {
            if (_last is not var (book, at) || book.IsFaulted || clock.GetElapsedTime(at) >= _keptFor)
            {
                // Read for all who wait, so that none of them can cancel it.
                book = LoadAsync();
                _last = (book, clock.GetTimestamp());
            }

            return book.WaitAsync(cancel);
        }
    }

    /// <summary>Reads them again when they are asked for the next time.</summary>
    public void Forget()
    {
        lock (_reading)
        {
            _last = null;
        }
    }

    /// <summary>Tells every node that there is something new.</summary>
    internal Task AnnounceAsync()
    {
        Forget();
        return announcer.PublishAsync(Channel, "changed");
    }

    private async Task<PromotionBook> LoadAsync()
    {
        try
        {
            await using var db = database.OpenPrimary();
            var running = await db.Promotions.AsNoTracking().NotOver(clock.GetUtcNow()).ToListAsync();
            return _known = new(running, await UsedUpAsync(db, running));
        }
        // Carts are read from a replica, and show what they cost while the primary is away.
        catch (NpgsqlException) when (_known is { } known)
        {
            return known;
        }
    }

    private static async Task<IEnumerable<PromotionId>> UsedUpAsync(PricingDb db, List<Promotion> running)
    {
        var limits = running
            .Where(one => one.MaxUses(LimitPer.Total) is not null)
            .ToDictionary(one => one.Id, one => one.MaxUses(LimitPer.Total));
        if (limits.Count == 0)
        {
            return [];
        }

        var counters = await db
            .Counters.Where(one => one.Per == LimitPer.Total && limits.Keys.Contains(one.PromotionId))
            .ToListAsync();
        return counters.Where(one => one.Used >= limits[one.PromotionId]).Select(one => one.PromotionId);
    }
}

/// <summary>Which promotions matter now.</summary>
internal static class PromotionQueries
{
    /// <summary>Those that run or are to run.</summary>
    public static IQueryable<Promotion> NotOver(this IQueryable<Promotion> promotions, DateTimeOffset now) =>
        promotions.Where(one => one.PausedAt == null && (one.EndsAt == null || one.EndsAt > now));
}
