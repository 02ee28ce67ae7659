using System.Text.Json;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>What a running shop tells the other verbs: <c>running.json</c> in its home, for its owner's eyes only.</summary>
/// <param name="Address">Where it listens, such as <c>http://localhost:5000</c>.</param>
/// <param name="Postgres">Connection string.</param>
/// <param name="Redis">Connection string.</param>
internal sealed record RunningShop(string Address, string Postgres, string Redis)
{
    private static readonly JsonSerializerOptions _readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    /// <summary>The shop that runs in this home; null if none does. A killed shop's file does not count.</summary>
    public static RunningShop? Find(string home)
    {
        if (!File.Exists(PathIn(home)))
        {
            return null;
        }

        using var free = HomeLock.TryTake(home);
        return free is null
            ? JsonSerializer.Deserialize<RunningShop>(File.ReadAllText(PathIn(home)), _readable)
            : null;
    }

    /// <summary>Deletes what a killed shop has left; for the shop that holds the home now.</summary>
    public static void Forget(string home) => File.Delete(PathIn(home));

    /// <summary>Tells of a shop until this is disposed.</summary>
    public static IDisposable Tell(string home, RunningShop shop)
    {
        var path = PathIn(home);
        var unfinished = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(unfinished, options))
        {
            JsonSerializer.Serialize(file, shop, _readable);
        }

        // A reader that finds the file finds all of it.
        File.Move(unfinished, path, overwrite: true);
        return new Told(path);
    }

    private static string PathIn(string home) => Path.Combine(home, "running.json");

    private sealed class Told(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
