namespace Shop.GraphQL.Host.Embedded;

/// <summary>Keeps two processes out of one home. The system lets go of it when its holder dies, however it dies.</summary>
internal sealed class HomeLock : IDisposable
{
    private const string FileName = "lock";

    private readonly FileStream _file;

    private HomeLock(FileStream file) => _file = file;

    /// <summary>Takes the home, and creates it where it is missing.</summary>
    /// <exception cref="CannotStartException">Another process holds it.</exception>
    public static HomeLock Take(string home)
    {
        Directory.CreateDirectory(home);
        return TryTake(home)
            ?? throw new CannotStartException(
                $"Another shop runs in {home}. Stop it, or start this one elsewhere: SHOP_HOME=… SHOP_PORT=… ./shop run"
            );
    }

    /// <summary>Takes a home that exists; null while another process holds it.</summary>
    public static HomeLock? TryTake(string home)
    {
        try
        {
            return new(
                new(Path.Combine(home, FileName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None)
            );
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
