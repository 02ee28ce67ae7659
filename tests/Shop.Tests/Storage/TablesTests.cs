using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Shop.Data.Storage.Migrating;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Storage;

/// <summary>Who brings the tables up to date, and who waits for it.</summary>
public sealed class TablesTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(ShopHost.Now);
    private string _postgres = "";

    [Fact]
    public async Task A_host_that_leaves_it_to_others_waits_until_they_have_done_it()
    {
        using var others = Host(migrates: true);
        using var host = Host(migrates: false);

        var ready = Tables(host).PrepareAsync(CancellationToken.None);
        await LookAsync(host);
        Assert.False(ready.IsCompleted);

        await Tables(others).PrepareAsync(CancellationToken.None);
        while (!ready.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await ready;
    }

    [Fact]
    public async Task A_host_of_the_release_before_starts_beside_tables_of_the_next_but_does_not_migrate_them()
    {
        using var host = Host(migrates: false);
        await Tables(host).MigrateAsync(CancellationToken.None);
        await AddMigrationAsync("99990101000000_NextRelease");

        await Tables(host).PrepareAsync(CancellationToken.None);
        await Assert.ThrowsAsync<UnknownMigrationException>(() =>
            Tables(host).MigrateAsync(CancellationToken.None)
        );
    }

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.StartedAsync();
        _postgres = await server.CreateEmptyDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        var server = await PostgresServer.StartedAsync();
        await server.DropDatabaseAsync(_postgres);
    }

    private IHost Host(bool migrates) =>
        ShopHost.Build(
            _postgres,
            redis: "unused",
            _clock,
            ("Storage:MigrateAtStart", migrates ? "true" : "false")
        );

    private static Tables Tables(IHost host) => host.Services.GetRequiredService<Tables>();

    // What it finds when it looks, it would have found by then.
    private static async Task LookAsync(IHost host)
    {
        foreach (var context in host.Services.GetServices<IMigrate>())
        {
            Assert.False(await context.IsDoneAsync(CancellationToken.None));
        }
    }

    private async Task AddMigrationAsync(string name)
    {
        await using var primary = new NpgsqlDataSourceBuilder(_postgres)
            .BuildMultiHost()
            .WithTargetSession(TargetSessionAttributes.Primary);
        await using var command = primary.CreateCommand(
            $"insert into orders.__ef_migrations values ('{name}', '10.0.0')"
        );
        await command.ExecuteNonQueryAsync();
    }
}
