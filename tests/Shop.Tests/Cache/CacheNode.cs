using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shop.Data.Cache;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.Data.Storage.PubSub;
using Shop.Data.Telemetry;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Cache;

/// <summary>What is read of a product.</summary>
internal sealed record Shelf(string Title, int Version);

/// <summary>The cache of one node, over the stores of a shop. What it hears of other nodes, the test decides.</summary>
internal sealed class CacheNode : IDisposable
{
    private readonly ShopFixture _shop;
    private readonly ShopMeter _meter = new();
    private readonly EntityStores _stores;
    private readonly EntityCache<ProductId, Shelf> _cache;
    private readonly Load _replica = new();
    private readonly Load _primary = new();

    /// <param name="shop">Whose catalogue it reads.</param>
    /// <param name="redis">Where nodes share rows.</param>
    /// <param name="settings">Null for the defaults.</param>
    /// <param name="clock">Null for the world's.</param>
    public CacheNode(
        ShopFixture shop,
        CacheRedis redis,
        CacheOptions? settings = null,
        TimeProvider? clock = null
    )
    {
        _shop = shop;
        var options = Options.Create(settings ?? Patient);
        clock ??= TimeProvider.System;
        var line = new CacheLine(redis.Rows, options, _meter, clock);
        Known = new(options, clock);
        Redis = new(line, options, Counts);
        _stores = new(Floors, Redis, new(line, options), Known, new(_meter, clock), Counts, options, clock);
        _cache = new(
            new("shelf", id => $"{id.Value}", (id, _) => Floors.Of(id), Floors.PriceLists)
            {
                KnownAs = CatalogKeys.Products,
                MadeAt = id => NewId.MadeAt(id.Value),
            },
            _stores,
            ReadAsync
        );
        Raise = new(
            Floors,
            redis.Signals,
            new Announcer(redis.Signals, NullLogger<Announcer>.Instance),
            options,
            NullLogger<RaiseFloors>.Instance
        );
    }

    /// <summary>The defaults, but on a machine that is busy with tests.</summary>
    public static CacheOptions Patient { get; } = new() { RedisTimeout = TimeSpan.FromSeconds(10) };

    public Floors Floors { get; } = new();

    public RowCounts Counts { get; } = new();

    public FencedRedisCache Redis { get; }

    public KnownKeys Known { get; }

    public RaiseFloors Raise { get; }

    /// <summary>How often the database was asked.</summary>
    public int Statements => _replica.Statements + _primary.Statements;

    /// <summary>For how many keys; one that is asked for twice counts twice.</summary>
    public int KeysAsked => _replica.Keys + _primary.Keys;

    /// <summary>How many statements a server had from it at the same time at the most.</summary>
    public int MostAtOnce => Math.Max(_replica.MostAtOnce, _primary.MostAtOnce);

    public EntityStores Stores => _stores;

    /// <summary>What a statement waits for before it is made, and before its rows are used.</summary>
    public Task MayRead { get; set; } = Task.CompletedTask;

    /// <inheritdoc cref="MayRead"/>
    public Task MayAnswer { get; set; } = Task.CompletedTask;

    /// <summary>Ends when a statement has its rows.</summary>
    public TaskCompletionSource HasRead { get; set; } = new();

    /// <summary>Whether no database answers.</summary>
    public bool IsAway { get; set; }

    public async Task<Shelf?> ReadAsync(ProductId product) =>
        (await _cache.ReadAsync([product], default)).Of(product);

    public async Task<IReadOnlyDictionary<ProductId, Shelf>> ReadAsync(
        IReadOnlyCollection<ProductId> products
    ) => (await AskAsync(products)).Rows;

    /// <summary>The same, and which could not be read.</summary>
    public Task<FoundRows<ProductId, Shelf>> AskAsync(IReadOnlyCollection<ProductId> products) =>
        _cache.ReadAsync(products, default);

    /// <summary>As when its time in memory is over.</summary>
    public void Expire(ProductId product) => _stores.Rows.Expire($"{Floors.Era}:shelf:{product.Value}");

    /// <summary>A member of staff changes a product, and this node tells of it.</summary>
    public async Task<long> ChangeAsync(ProductId product, string title)
    {
        await CacheShop.ChangeAsync(_shop, product, title);
        await Raise.RunAsync(
            _shop.Get<Database<CatalogDb>>().Primary,
            [Floors.Of(product)],
            CancellationToken.None
        );
        return Floors.Highest;
    }

    /// <summary>It hears of a change.</summary>
    public void Hear(ProductId product, long floor) => Floors.Hear(Floors.Write([Floors.Of(product)], floor));

    public void Dispose()
    {
        _stores.Dispose();
        _meter.Dispose();
    }

    private async Task<Refill<ProductId, Shelf>> ReadAsync(
        IReadOnlyCollection<ProductId> keys,
        bool isPrimary
    )
    {
        using var statement = (isPrimary ? _primary : _replica).Begin(keys.Count);
        await MayRead;
        if (IsAway)
        {
            throw new Npgsql.NpgsqlException("Nobody is there.");
        }

        var database = _shop.Get<Database<CatalogDb>>();
        await using var db = isPrimary ? database.OpenPrimary() : database.OpenReplica();
        var (position, rows) = await db.ReadAtPositionAsync(() =>
            db
                .Products.Where(row => keys.Contains(row.Id))
                .Select(row => new
                {
                    row.Id,
                    row.Title,
                    row.Version,
                })
                .ToDictionaryAsync(row => row.Id, row => new Shelf(row.Title, row.Version))
        );
        HasRead.TrySetResult();
        await MayAnswer;
        return new(position, rows);
    }

    /// <summary>What a server had to do.</summary>
    private sealed class Load
    {
        private readonly Lock _gate = new();
        private int _underWay;

        public int Statements { get; private set; }

        public int Keys { get; private set; }

        public int MostAtOnce { get; private set; }

        public IDisposable Begin(int keys)
        {
            lock (_gate)
            {
                (Statements, Keys, _underWay) = (Statements + 1, Keys + keys, _underWay + 1);
                MostAtOnce = Math.Max(MostAtOnce, _underWay);
            }

            return new Statement(this);
        }

        private sealed class Statement(Load load) : IDisposable
        {
            public void Dispose()
            {
                lock (load._gate)
                {
                    load._underWay--;
                }
            }
        }
    }
}
