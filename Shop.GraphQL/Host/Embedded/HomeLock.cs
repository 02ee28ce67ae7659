namespace Shop.GraphQL.Host.Embedded;

/// <summary>Keeps two processes out of one home. The system lets go of it when its holder dies, however it dies.</summary>
internal sealed class HomeLock : IDisposable
{
    private const string FileName = "lock";

    // A file that another process has locked, as Linux, macOS and Windows say it.
    private static readonly int[] _held = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private HomeLock(FileStream file) => _file = file;

    /// <summary>Takes the home, and creates it where it is missing.</summary>
    /// <exception cref="CannotStartException">Another process holds it, or nothing can be written in it.</exception>
    public static HomeLock Take(string home)
    {
        ShopHome.Prepare(home);
        return TryTake(home)
            ?? throw new CannotStartException(
                $"Another shop runs in {home}. Stop it, or start this one elsewhere: SHOP_HOME=… SHOP_PORT=… ./shop run"
            );
    }

    /// <summary>Takes a home that exists; null while another process holds it.</summary>
    /// <exception cref="CannotStartException">Nothing can be written in it.</exception>
    public static HomeLock? TryTake(string home)
    {
        try
        {
            return new(
                new(Path.Combine(home, FileName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None)
            );
        }
        catch (IOException held) when (_held.Contains(held.HResult))
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw ShopHome.Unusable(home, fault);
        }
    }

    public void Dispose() => _file.Dispose();
}
