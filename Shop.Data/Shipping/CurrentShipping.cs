using Microsoft.EntityFrameworkCore;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Shipping;

/// <summary>
/// What the shop says of shipping, as this node last read it; see <see cref="Snapshot{T}"/>. One for the process.
/// </summary>
public sealed class CurrentShipping(Database<ShippingDb> database, Announcer announcer, TimeProvider clock)
{
    /// <summary>Where changes are told; for <see cref="Signals"/>.</summary>
    public const string Channel = "shipping";

    private readonly Snapshot<ShippingBook> _book = new(() => LoadAsync(database), clock);

    /// <summary>All of it. Those who ask at the same moment share one read.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away, and it was never read.</exception>
    public Task<ShippingBook> ReadAsync(CancellationToken cancel) => _book.ReadAsync(cancel);

    /// <summary>Reads it again when it is asked for the next time.</summary>
    public void Forget() => _book.Forget();

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

    private static async Task<ShippingBook> LoadAsync(Database<ShippingDb> database)
    {
        await using var db = database.OpenPrimary();
        return await ReadAsync(db, CancellationToken.None);
    }
}
