using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Shipping;

/// <summary>
/// What the shop says of shipping, as this node last read it: at most five seconds ago, and not before a change that it heard of;
/// while PostgreSQL is away, as it was last read. Thread-safe; one for the process.
/// </summary>
public sealed class CurrentShipping(Database<ShippingDb> database, Announcer announcer, TimeProvider clock)
{
    /// <summary>Where changes are told; for <see cref="Signals"/>.</summary>
    public const string Channel = "shipping";

    private static readonly TimeSpan _keptFor = TimeSpan.FromSeconds(5);

    private readonly Lock _reading = new();
    private (Task<ShippingBook> Book, long At)? _last;
    private volatile ShippingBook? _known;

    /// <summary>All of it. Those who ask at the same moment share one read.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and it was never read.</exception>
    public Task<ShippingBook> ReadAsync(CancellationToken cancel)
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

    /// <summary>Reads it again when it is asked for the next time.</summary>
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

    /// <summary>All of it, as it is in the database: two statements.</summary>
    internal static async Task<ShippingBook> ReadAsync(ShippingDb db, CancellationToken cancel) =>
        new(
            await db.Zones.AsNoTracking().OrderBy(zone => zone.Id).ToListAsync(cancel),
            await db.Methods.AsNoTracking().OrderBy(method => method.Id).ToListAsync(cancel)
        );

    private async Task<ShippingBook> LoadAsync()
    {
        try
        {
            await using var db = database.OpenPrimary();
            return _known = await ReadAsync(db, CancellationToken.None);
        }
        // Carts show what shipping costs while the primary is away.
        catch (NpgsqlException) when (_known is { } known)
        {
            return known;
        }
    }
}
