namespace Shop.Jobs.Outside;

/// <summary>How far behind those outside are, as far as this process knows. Thread-safe.</summary>
/// <param name="topic">Where they read.</param>
/// <param name="clock">Tells how long ago that is.</param>
internal sealed class RelayLag(string topic, TimeProvider clock)
{
    private readonly Lock _writing = new();
    private DateTimeOffset? _since;
    private bool _isOurs;

    /// <summary>What happened then is not there yet.</summary>
    public void Since(DateTimeOffset moment)
    {
        lock (_writing)
        {
            _isOurs = true;
            if (_since is null || moment < _since)
            {
                _since = moment;
            }
        }
    }

    /// <summary>All is there.</summary>
    public void None()
    {
        lock (_writing)
        {
            _since = null;
        }
    }

    /// <summary>Another process knows.</summary>
    public void IsAnothers()
    {
        lock (_writing)
        {
            (_isOurs, _since) = (false, null);
        }
    }

    /// <summary>In seconds; nothing where another process knows.</summary>
    public IEnumerable<(string Topic, double Seconds)> Read()
    {
        lock (_writing)
        {
            return _isOurs
                ? [(topic, _since is { } since ? Math.Max(0, (clock.GetUtcNow() - since).TotalSeconds) : 0)]
                : [];
        }
    }
}
