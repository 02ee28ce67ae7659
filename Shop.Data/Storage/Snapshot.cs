using Npgsql;

namespace Shop.Data.Storage;

/// <summary>
/// What staff has written, as this node last read it: at most five seconds ago, and not before a change that it heard of; while
/// PostgreSQL is away, as it was last read. Thread-safe.
/// </summary>
/// <param name="load">Reads it.</param>
/// <param name="clock">Tells how old it is.</param>
internal sealed class Snapshot<T>(Func<Task<T>> load, TimeProvider clock)
    where T : class
{
    private static readonly TimeSpan _keptFor = TimeSpan.FromSeconds(5);

    private readonly Lock _reading = new();
    private (Task<T> Read, long At)? _last;
    private volatile T? _known;

    /// <summary>All of it. Those who ask at the same moment share one read.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and it was never read.</exception>
    public Task<T> ReadAsync(CancellationToken cancel)
    {
        lock (_reading)
        {
            if (_last is not var (read, at) || read.IsFaulted || clock.GetElapsedTime(at) >= _keptFor)
            {
                // Read for all who wait, so that none of them can cancel it.
                read = LoadAsync();
                _last = (read, clock.GetTimestamp());
            }

            return read.WaitAsync(cancel);
        }
    }

    /// <summary>Reads it again when it is asked for the next time.</summary>
    public void Forget()
    {
        lock (_reading)
        {
            _last = null;
        }
    }

    private async Task<T> LoadAsync()
    {
        try
        {
            return _known = await load();
        }
        // Carts are read from a replica, and show what they cost while the primary is away.
        catch (NpgsqlException) when (_known is { } known)
        {
            return known;
        }
    }
}
