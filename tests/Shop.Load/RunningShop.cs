using System.Text.Json;

namespace Shop.Load;

/// <summary>What the shop of <c>SHOP_HOME</c> (<c>.shop</c> beside the solution) has written down while it runs.</summary>
internal sealed record RunningShop(string Address, string Postgres, string Redis)
{
    /// <summary>Null if none runs there.</summary>
    public static RunningShop? Find()
    {
        var home = Environment.GetEnvironmentVariable("SHOP_HOME") is { Length: > 0 } told
            ? told
            : HomeInClone();
        return home is null ? null : At(home);
    }

    /// <summary>The shop of another home; null if none runs there.</summary>
    public static RunningShop? At(string home)
    {
        var note = Path.Combine(home, "running.json");
        return File.Exists(note)
            ? JsonSerializer.Deserialize<RunningShop>(File.ReadAllText(note), JsonSerializerOptions.Web)
            : null;
    }

    private static string? HomeInClone()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Shop.sln")))
        {
            folder = folder.Parent;
        }

        return folder is null ? null : Path.Combine(folder.FullName, ".shop");
    }
}
