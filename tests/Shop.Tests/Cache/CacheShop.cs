using Shop.Data.Cache;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Cache;

/// <summary>A shop of two hundred products, and the Redis that the shop brings along beside the one of production.</summary>
public sealed class CacheShop : IAsyncLifetime
{
    private RedisServer? _realServer;
    private CacheRedis? _real;
    private CacheRedis? _embedded;

    internal ShopFixture Shop { get; } = new();

    internal IReadOnlyList<ProductId> Products { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await Shop.InitializeAsync();
        _embedded = await CacheRedis.ConnectAsync(Shop.RedisServer);
        _realServer = await RedisServer.TryStartRealAsync();
        _real = _realServer is null ? null : await CacheRedis.ConnectAsync(_realServer);
        await using var insert = Shop.Get<Database<CatalogDb>>()
            .Primary.CreateCommand(
                """
                insert into catalog.product (
                    id, code, slug, title, description, status, tags, options, price_from_minor, version, created_at, updated_at)
                select n, 'S' || n, 's' || n, 'Shelf ' || n, '', 'Active', array[]::text[], '[]', 100, 1, now(), now()
                from generate_series(1, 200) as n
                """
            );
        await insert.ExecuteNonQueryAsync();
        await Shop.ReplicaShowsAllAsync();
        Products = [.. Enumerable.Range(1, 200).Select(number => new ProductId(number))];
    }

    public async ValueTask DisposeAsync()
    {
        if (_real is not null)
        {
            await _real.DisposeAsync();
            await _realServer!.DisposeAsync();
        }

        if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
        }

        await Shop.DisposeAsync();
    }

    /// <summary>A node over one of the two; the test is skipped where that is not installed.</summary>
    internal CacheNode Node(bool isReal = false, CacheOptions? settings = null, TimeProvider? clock = null)
    {
        Assert.SkipWhen(isReal && _real is null, "redis-server is not installed.");
        return new(Shop, isReal ? _real! : _embedded!, settings, clock);
    }

    /// <summary>A product is called otherwise, and nobody is told.</summary>
    internal static async Task ChangeAsync(ShopFixture shop, ProductId product, string title)
    {
        await using var update = shop.Get<Database<CatalogDb>>()
            .Primary.CreateCommand(
                "update catalog.product set title = $1, version = version + 1 where id = $2"
            );
        update.Parameters.AddWithValue(title);
        update.Parameters.AddWithValue(product.Value);
        Assert.Equal(1, await update.ExecuteNonQueryAsync());
    }

    /// <summary>A product that was not there.</summary>
    internal async Task<ProductId> MakeAsync(long number)
    {
        await using var insert = Shop.Get<Database<CatalogDb>>()
            .Primary.CreateCommand(
                """
                insert into catalog.product (
                    id, code, slug, title, description, status, tags, options, price_from_minor, version, created_at, updated_at)
                values ($1, 'S' || $1, 's' || $1, 'Made ' || $1, '', 'Active', array[]::text[], '[]', 100, 1, now(), now())
                """
            );
        insert.Parameters.AddWithValue(number);
        await insert.ExecuteNonQueryAsync();
        return new(number);
    }
}
