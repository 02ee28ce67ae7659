using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using Shop.Data.Storage.Positions;
using Shop.Data.Storage.Preparing;

namespace Shop.Data.Storage;

/// <summary>
/// Where a context's tables are: the primary for verbs, a replica for readers. Thread-safe; lives as long as the host.
/// </summary>
public sealed class Database<TDb>
    where TDb : ContextDb
{
    private readonly PooledDbContextFactory<TDb> _primary;
    private readonly PooledDbContextFactory<TDb> _replica;

    internal Database(
        NpgsqlMultiHostDataSource hosts,
        NpgsqlMultiHostDataSource warm,
        NpgsqlMultiHostDataSource lone,
        bool sparePrimary = false
    )
    {
        Primary = hosts.WithTargetSession(TargetSessionAttributes.Primary);
        WarmPrimary = warm.WithTargetSession(TargetSessionAttributes.Primary);
        LonePrimary = lone.WithTargetSession(TargetSessionAttributes.Primary);
        Replica = hosts.WithTargetSession(
            sparePrimary ? TargetSessionAttributes.Standby : TargetSessionAttributes.PreferStandby
        );
        var prepare = new PrepareRepeated();
        _primary = new(Options(Primary, prepare));
        _replica = new(Options(Replica, prepare));
    }

    /// <summary>The one server that takes writes; LISTEN and row locks work only here.</summary>
    public NpgsqlDataSource Primary { get; }

    /// <summary>
    /// The same server over a few connections, which know what they are asked: for batches of orders, messages and prices,
    /// and nothing that holds a connection for long. All of it waits where one caller does not give back. What goes over it
    /// is to be prepared first (<see cref="NpgsqlCommand.PrepareAsync"/>), and is then planned once and by index: a statement
    /// that has to look through a table belongs on <see cref="Primary"/>.
    /// </summary>
    public NpgsqlDataSource WarmPrimary { get; }

    /// <summary>
    /// The same server over a connection that is opened for its caller and closed after: for whoever listens, or holds a lock as
    /// long as it is open, so that nobody gets what is left of that.
    /// </summary>
    public NpgsqlDataSource LonePrimary { get; }

    /// <summary>Any standby; where none is up the primary, unless it is to be spared.</summary>
    public NpgsqlDataSource Replica { get; }

    /// <summary>Opens the context on the primary, for a verb. Dispose it after one use.</summary>
    public TDb OpenPrimary() => _primary.CreateDbContext();

    /// <summary>Opens the context on a standby, for a reader. Dispose it after one use.</summary>
    public TDb OpenReplica() => _replica.CreateDbContext();

    private static DbContextOptions<TDb> Options(NpgsqlDataSource source, PrepareRepeated prepare) =>
        // What is added to a statement belongs to what is prepared.
        new DbContextOptionsBuilder<TDb>()
            .UseShopTables(source)
            .AddInterceptors(new TellPosition(), prepare)
            .Options;
}
