using Shop.GraphQL.Host.Embedded;
using Shop.GraphQL.Host.Embedded.Redis;

namespace Shop.GraphQL.Host.Commands;

/// <summary>
/// <c>recover</c>: makes a damaged home whole again from what is left of it, where a start would refuse it. Deletes nothing:
/// what is damaged stays beside what takes its place.
/// </summary>
internal static class RecoverCommand
{
    /// <returns>0; the next start opens the home.</returns>
    /// <exception cref="CannotStartException">Neither the primary nor the replica can be used; nothing was changed.</exception>
    public static async Task<int> RunAsync(
        string home,
        Steps steps,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        ShopHome.Need(home);
        using var held = HomeLock.Take(home);
        await steps.RunAsync("PostgreSQL", () => PostgresAsync(home, clock, cancel));
        await steps.RunAsync("Redis (Garnet)", () => Task.FromResult(Redis(home, clock)));
        await steps.RunAsync("Key secret", () => Task.FromResult(Secret(home)));
        HomeCheck.Note(home);
        return 0;
    }

    private static async Task<string?> PostgresAsync(
        string home,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var done = await EmbeddedPostgres.RecoverAsync(home, PostgresSettings.Durable, clock, cancel);
        return done is null ? null : $"PostgreSQL: {done}";
    }

    private static string? Redis(string home, TimeProvider clock)
    {
        var folder = ShopHome.RedisIn(home);
        if (new RedisFiles(folder).Lost is not null)
        {
            EmbeddedRedis.Start(folder).Dispose();
            return "Redis (Garnet): empty, as what was in it is not here";
        }

        return TryOpen(folder, out var before)
            ? before is null
                ? null
                : $"Redis (Garnet): what cannot be read of it is in {before}"
            : $"Redis (Garnet): empty, what cannot be read is {EmptyOne(folder, clock)}";
    }

    private static bool TryOpen(string folder, out string? before)
    {
        try
        {
            new RedisFiles(folder).ForgetClosed();
            using var redis = EmbeddedRedis.Start(folder);
            before = redis.LogBefore;
            return true;
        }
        catch (CannotStartException)
        {
            before = null;
            return false;
        }
    }

    private static string? EmptyOne(string folder, TimeProvider clock)
    {
        var before = ShopHome.SetAside(folder, clock);
        EmbeddedRedis.Start(folder).Dispose();
        return before;
    }

    private static string? Secret(string home)
    {
        var isNew = !File.Exists(KeySecret.PathIn(home));
        KeySecret.Of(home);
        return isNew ? "Key secret: a new one, what the old one encrypted is made anew" : null;
    }
}
