using System.Diagnostics;
using Npgsql;
using Shop.GraphQL.Host.Embedded;
using Shop.Tests.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Host.Embedded;

/// <summary>A home in which a shop was open and wrote something down; tests damage copies of it.</summary>
public sealed class WholeHome : IAsyncLifetime
{
    private const string Kept = "kept";

    private readonly string _home = RunFolder.Make("home");

    public async ValueTask InitializeAsync()
    {
        await using var stores = await OpenAsync(_home);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(stores.Redis);
        await redis.GetDatabase().StringSetAsync("cart", Kept);
        foreach (var other in Enumerable.Range(0, 200))
        {
            await redis.GetDatabase().StringSetAsync($"cart{other}", Kept);
        }

        await WriteAsync(stores, $"create table note as select '{Kept}' as text");
    }

    /// <summary>Another home with the same in it.</summary>
    public async Task<string> CopyAsync()
    {
        var copy = RunFolder.Make("home");
        using var cp = Process.Start("cp", ["-a", $"{_home}/.", copy]);
        await cp.WaitForExitAsync();
        return copy;
    }

    /// <summary>The stores of a home.</summary>
    internal static Task<EmbeddedStores> OpenAsync(string home) =>
        EmbeddedStores.StartAsync(
            home,
            new Steps(TextWriter.Null, isTerminal: false, TimeProvider.System),
            CancellationToken.None
        );

    internal static async Task WriteAsync(EmbeddedStores stores, string sql)
    {
        await using var primary = Primary(stores);
        await using var command = primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Whether PostgreSQL and Redis know what they were told.</summary>
    internal static async Task<(bool Orders, bool Carts)> KnowsAsync(EmbeddedStores stores)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(stores.Redis);
        await using var primary = Primary(stores);
        await using var order = primary.CreateCommand("select text from note");
        return (
            await order.ExecuteScalarAsync() is Kept,
            await redis.GetDatabase().StringGetAsync("cart") == Kept
        );
    }

    /// <summary>Every file of a home, with its length; but for the lock, which a look into a home makes.</summary>
    internal static IReadOnlyList<string> Files(string home) =>
        [
            .. Directory
                .EnumerateFiles(home, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != "lock")
                .Select(file => $"{file} {new FileInfo(file).Length}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Takes a file or a folder away.</summary>
    internal static void Lose(string home, string part)
    {
        var path = Path.Combine(home, part);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static NpgsqlDataSource Primary(EmbeddedStores stores) =>
        new NpgsqlDataSourceBuilder(stores.Postgres + ";Pooling=false")
            .BuildMultiHost()
            .WithTargetSession(TargetSessionAttributes.Primary);
}
