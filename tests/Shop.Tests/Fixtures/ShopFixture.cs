using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Kernel;

namespace Shop.Tests.Fixtures;

/// <summary>
/// A shop for one class of tests: an empty database on a primary and its replica, an empty Redis, and a clock that
/// stands still until it is moved. What Shop.Data runs in the background is running; jobs are not, tests call them.
/// Use it as <c>IClassFixture&lt;ShopFixture&gt;</c>.
/// </summary>
public sealed class ShopFixture : IAsyncLifetime
{
    private readonly Action<IServiceCollection> _change;
    private readonly (string, string)[] _settings;
    private RedisServer? _redis;
    private IHost? _host;

    public ShopFixture()
        : this(_ => { }) { }

    /// <summary>A shop that is set otherwise, or has something else in the place of what the program registers.</summary>
    internal ShopFixture(Action<IServiceCollection> change, params (string Name, string Value)[] settings) =>
        (_change, _settings) = (change, settings);

    /// <summary>What the shop is made of, as the program registers it.</summary>
    public IServiceProvider Services =>
        _host?.Services ?? throw new InvalidOperationException("Not started yet.");

    /// <summary>The time of this shop; <c>Advance</c> it.</summary>
    public FakeTimeProvider Clock { get; } = new(ShopHost.Now);

    /// <summary>Connection string that names the primary and the replica.</summary>
    public string Postgres { get; private set; } = "";

    /// <summary>Connection string for StackExchange.Redis.</summary>
    public string Redis => RedisServer.ConnectionString;

    /// <summary>The Redis itself, to be stopped and started.</summary>
    public RedisServer RedisServer => _redis ?? throw new InvalidOperationException("Not started yet.");

    /// <summary>A singleton of the shop. What belongs to one request comes from a <see cref="Scope"/>.</summary>
    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>What one request would get; dispose it.</summary>
    public AsyncServiceScope Scope() => Services.CreateAsyncScope();

    /// <summary>Returns once a read from the replica shows all that is committed now.</summary>
    public Task ReplicaCaughtUpAsync() => Replica.CatchUpAsync(Postgres);

    /// <summary>
    /// The same, and kept rows can tell so: a replica is not asked in vain because of a transaction of other tests. For who counts
    /// statements; hold no transaction meanwhile.
    /// </summary>
    public Task ReplicaShowsAllAsync() => Replica.ShowsAllAsync(Postgres);

    /// <summary>The replica shows nothing new until what this returns is disposed; see <see cref="Replica.HoldAsync"/>.</summary>
    public Task<IAsyncDisposable> HoldReplicaAsync() => Replica.HoldAsync(Postgres);

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.StartedAsync();
        Postgres = await server.CreateDatabaseAsync();
        _redis = RedisServer.StartEmbedded();
        _host = ShopHost.Build(Postgres, Redis, Clock, OnlyShopData, _settings);
        foreach (var worker in Services.GetServices<IHostedService>())
        {
            await worker.StartAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _host?.Services.GetServices<IHostedService>() ?? [])
        {
            await worker.StopAsync(CancellationToken.None);
        }

        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        if (Postgres.Length > 0)
        {
            var server = await PostgresServer.StartedAsync();
            await server.DropDatabaseAsync(Postgres);
        }
    }

    // The others are not even made: the schema alone, which few tests ask, takes seconds.
    private void OnlyShopData(IServiceCollection services)
    {
        var others = services
            .Where(one => one.ServiceType == typeof(IHostedService) && MakerOf(one) != typeof(NewId).Assembly)
            .ToList();
        others.ForEach(one => services.Remove(one));
        _change(services);
    }

    private static Assembly? MakerOf(ServiceDescriptor service) =>
        service.ImplementationType?.Assembly ?? service.ImplementationFactory?.Method.Module.Assembly;
}
