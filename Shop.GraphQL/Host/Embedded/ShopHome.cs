using System.Globalization;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>Where a shop that brings its own stores keeps them.</summary>
internal static class ShopHome
{
    /// <summary>The folder of the solution, if the program runs from a clone; null where it was published to.</summary>
    public static string? Clone { get; } = FindClone();

    /// <summary><c>SHOP_HOME</c>; else <c>.shop</c> beside the solution, or in the current folder without one.</summary>
    public static string Of(IConfiguration settings) =>
        Path.GetFullPath(
            settings["SHOP_HOME"] is { Length: > 0 } told
                ? told
                : Path.Combine(Clone ?? Directory.GetCurrentDirectory(), ".shop")
        );

    /// <summary>Where its Redis keeps the carts.</summary>
    public static string RedisIn(string home) => Path.Combine(home, "redis");

    /// <summary>Refuses what holds no shop's data.</summary>
    /// <exception cref="CannotStartException">It has neither of PostgreSQL's two folders.</exception>
    public static void Need(string home)
    {
        var postgres = Path.Combine(home, "postgres");
        if (
            !Directory.Exists(Path.Combine(postgres, "primary"))
            && !Directory.Exists(Path.Combine(postgres, "replica"))
        )
        {
            throw new CannotStartException(
                $"In {postgres} is neither a primary nor a replica; put one back from a backup (docs/operating.md)."
            );
        }
    }

    /// <summary>Creates it. Others may pass through, not look in, if PostgreSQL runs as one of them.</summary>
    /// <exception cref="CannotStartException">No folder can be there.</exception>
    public static void Prepare(string home)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(home);
                return;
            }

            var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(home, owner);
            if (ServerUser.Current.Name is not null)
            {
                File.SetUnixFileMode(home, owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unusable(home, fault);
        }
    }

    /// <summary>What is said of a home in which nothing can be written.</summary>
    public static CannotStartException Unusable(string home, Exception fault) =>
        new(
            $"The shop cannot keep its data in {home}: {fault.Message} Another place: SHOP_HOME=… ./shop run",
            fault
        );

    /// <summary>Deletes it, and what PostgreSQL keeps elsewhere for it.</summary>
    /// <exception cref="CannotStartException">A shop runs in it.</exception>
    public static void Remove(string home)
    {
        if (!Directory.Exists(home))
        {
            return;
        }

        using (HomeLock.Take(home))
        {
            PostgresFolder.Remove(home);
        }

        Directory.Delete(home, recursive: true);
    }

    /// <summary>Moves a folder of it out of the way, under a name that tells when.</summary>
    /// <returns>Where it is now; null if there was none.</returns>
    public static string? SetAside(string folder, TimeProvider clock)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var aside = NameAside(folder, clock);
        Directory.Move(folder, aside);
        return aside;
    }

    /// <summary>What a folder is called that others took the place of.</summary>
    public static string NameAside(string folder, TimeProvider clock) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{folder}.before-{clock.GetUtcNow():yyyyMMdd'T'HHmmss.fff'Z'}"
        );

    private static string? FindClone()
    {
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
        {
            if (File.Exists(Path.Combine(folder.FullName, "Shop.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
