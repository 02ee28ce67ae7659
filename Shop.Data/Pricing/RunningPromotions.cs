using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Pricing;

/// <summary>
/// The promotions that run or are to run, as this node last read them; see <see cref="Snapshot{T}"/>. Starts and ends need no
/// reading: a quote looks at its own moment. One for the process.
/// </summary>
public sealed class RunningPromotions(Database<PricingDb> database, Announcer announcer, TimeProvider clock)
{
    /// <summary>Where changes are told; for <see cref="Signals"/>.</summary>
    public const string Channel = Conversion.Channel;

    private readonly Snapshot<PromotionBook> _book = new(() => LoadAsync(database, clock), clock);

    /// <summary>All of them. Those who ask at the same moment share one read.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and they were never read.</exception>
    public Task<PromotionBook> ReadAsync(CancellationToken cancel) => _book.ReadAsync(cancel);

    /// <summary>Reads them again when they are asked for the next time.</summary>
    public void Forget() => _book.Forget();

    /// <summary>Tells every node that there is something new.</summary>
    internal Task AnnounceAsync()
    {
        Forget();
        return announcer.PublishAsync(Channel, "changed");
    }

    private static async Task<PromotionBook> LoadAsync(Database<PricingDb> database, TimeProvider clock)
    {
        await using var db = database.OpenPrimary();
        var running = await db.Promotions.AsNoTracking().NotOver(clock.GetUtcNow()).ToListAsync();
        return new(running, await UsedUpAsync(db, running));
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
