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

    /// <summary>Creates it. Others may pass through, not look in, if PostgreSQL runs as one of them.</summary>
    public static void Prepare(string home)
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
