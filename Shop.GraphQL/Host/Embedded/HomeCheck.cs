using Shop.GraphQL.Host.Embedded.Redis;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>
/// Looks whether all of a home is there before anything in it is touched. What a start would make in the place of what is
/// missing would be empty, and a shop without its orders would open as if all were well.
/// </summary>
internal static class HomeCheck
{
    /// <summary>Refuses a home that is neither new nor whole.</summary>
    /// <exception cref="CannotStartException">The message says what is missing and what helps; nothing was changed.</exception>
    public static void Need(string home)
    {
        var wasOpened = File.Exists(Opened(home));
        List<string> missing = [];
        if (wasOpened || IsThere(home, "primary") || IsThere(home, "replica"))
        {
            AddTo(missing, PostgresNode.Lost(Postgres(home, "primary")), "postgres/primary");
        }

        var primaryIsLost = missing.Count > 0;
        if (wasOpened)
        {
            AddTo(missing, new RedisFiles(ShopHome.RedisIn(home)).Lost, "redis");
            AddTo(missing, File.Exists(KeySecret.PathIn(home)) ? null : "", "key-secret");
        }

        if (missing.Count > 0)
        {
            throw new CannotStartException(
                $"{home} lacks {string.Join(" and ", missing)}; nothing in it was changed. {Help(home, primaryIsLost)}"
            );
        }
    }

    /// <summary>Notes that all parts were there.</summary>
    public static void Note(string home) =>
        File.WriteAllText(
            Opened(home),
            "A shop was opened here. What it stores is in the folders beside this.\n"
        );

    private static string Help(string home, bool primaryIsLost) =>
        !primaryIsLost ? "Put it back from a backup (docs/operating.md), or go on without it: ./shop recover"
        : PostgresNode.Lost(Postgres(home, "replica")) is null
            ? "The replica is there: ./shop recover makes it the primary."
        : "Put it back from a backup (docs/operating.md), or forget the rest: ./shop reset";

    private static void AddTo(List<string> missing, string? lost, string part)
    {
        if (lost is not null)
        {
            missing.Add(Path.Combine(part, lost));
        }
    }

    private static bool IsThere(string home, string node) => Directory.Exists(Postgres(home, node));

    private static string Postgres(string home, string node) => Path.Combine(home, "postgres", node);

    private static string Opened(string home) => Path.Combine(home, "opened");
}
