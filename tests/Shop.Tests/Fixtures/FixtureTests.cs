using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Storage;
using StackExchange.Redis;

namespace Shop.Tests.Fixtures;

/// <summary>The ground that the other tests stand on.</summary>
public sealed class FixtureTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task What_is_written_on_the_primary_is_read_from_the_replica_once_it_has_caught_up()
    {
        var database = shop.Get<Database<CatalogDb>>();
        await using (var write = database.Primary.CreateCommand("create table note as select 'here' as text"))
        {
            await write.ExecuteNonQueryAsync();
        }

        await shop.ReplicaCaughtUpAsync();

        await using var read = database.Replica.CreateCommand("select text || pg_is_in_recovery() from note");
        Assert.Equal("heretrue", await read.ExecuteScalarAsync());
    }

    [Fact]
    public async Task The_tables_of_the_shop_are_there_and_empty()
    {
        await using var db = shop.Get<Database<CatalogDb>>().OpenReplica();

        Assert.Empty(await db.Products.ToListAsync());
    }

    [Fact]
    public async Task Only_the_statements_of_the_test_itself_are_counted()
    {
        await using var db = shop.Get<Database<CatalogDb>>().OpenPrimary();
        using var elsewhere = SqlCount.Start();
        using var count = SqlCount.Start();

        await db.Products.CountAsync();
        await db.Categories.CountAsync();

        Assert.Equal(2, count.Statements.Count);
    }

    [Fact]
    public async Task A_class_has_a_redis_of_its_own()
    {
        var redis = shop.Get<IConnectionMultiplexer>().GetDatabase();

        Assert.Equal(1, await redis.StringIncrementAsync("count"));
    }

    [Fact]
    public async Task The_real_redis_server_answers_where_it_is_installed()
    {
        await using var server = await RedisServer.TryStartRealAsync();
        if (server is null)
        {
            return;
        }

        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        Assert.Equal(1, await redis.GetDatabase().StringIncrementAsync("count"));
    }
}
