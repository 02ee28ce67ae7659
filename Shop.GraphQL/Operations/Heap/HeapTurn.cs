namespace Shop.GraphQL.Operations.Heap;

/// <summary>Whose turn it is to take the heap of this process: one at a time, and one in ten minutes. Thread-safe.</summary>
internal sealed class HeapTurn(TimeProvider clock)
{
    /// <summary>The shop stands still while its heap is told, and needs as much memory again.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _taken;
    private bool _isUnderWay;

    /// <returns>Null: it is the caller's, until they say <see cref="End"/>. Else how long to wait, about.</returns>
    public TimeSpan? Take()
    {
        lock (_gate)
        {
            var left = _taken is { } at ? Pause - clock.GetElapsedTime(at) : TimeSpan.Zero;
            if (left > TimeSpan.Zero)
            {
                return left;
            }

            if (_isUnderWay)
            {
                return _soon;
            }

            (_taken, _isUnderWay) = (clock.GetTimestamp(), true);
            return null;
        }
    }

    /// <summary>It was taken, or was begun to be.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isUnderWay = false;
        }
    }

    /// <summary>It was not begun: somebody else may.</summary>
    public void GiveBack()
    {
        lock (_gate)
        {
            (_taken, _isUnderWay) = (null, false);
        }
    }
}
