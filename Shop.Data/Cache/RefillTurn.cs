using System.Runtime.ExceptionServices;

namespace Shop.Data.Cache;

/// <summary>The keys of one call that are not in memory: read together, once it is known which they are.</summary>
/// <param name="refill">Reads them.</param>
/// <param name="isTried">Whether keys that are denied are read all the same; asked once, for all of them.</param>
internal sealed class RefillTurn<TKey, TRow>(
    Func<IReadOnlyList<(TKey Key, Held<TRow>? Old)>, Task<RefillTurn<TKey, TRow>.Answer>> refill,
    Func<bool> isTried
)
    where TKey : notnull
    where TRow : class
{
    private readonly Lock _gate = new();
    private readonly Lazy<bool> _isTried = new(isTried);
    private readonly TaskCompletionSource<Answer> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private List<(TKey, Held<TRow>?)>? _open = [];

    /// <summary>Whether keys that are denied are read all the same.</summary>
    public bool IsTried => _isTried.Value;

    /// <summary>What was read.</summary>
    /// <param name="Rows">By key; those that could not be read are left out.</param>
    /// <param name="Fault">Why they could not be.</param>
    internal sealed record Answer(IReadOnlyDictionary<TKey, Held<TRow>> Rows, Exception? Fault);

    /// <summary>What is read of a key, together with the others; alone where those have begun.</summary>
    /// <param name="key">Which.</param>
    /// <param name="old">What was kept of it, and must not be followed by something older.</param>
    public async Task<Held<TRow>> ReadAsync(TKey key, Held<TRow>? old)
    {
        Task<Answer> reading;
        lock (_gate)
        {
            if (_open is null)
            {
                reading = refill([(key, old)]);
            }
            else
            {
                _open.Add((key, old));
                reading = _answer.Task;
            }
        }

        var (rows, fault) = await reading;
        if (!rows.TryGetValue(key, out var held))
        {
            ExceptionDispatchInfo.Throw(fault!);
        }

        return held;
    }

    /// <summary>All keys are known that can be known now.</summary>
    public void Begin()
    {
        List<(TKey, Held<TRow>?)> keys;
        lock (_gate)
        {
            (keys, _open) = (_open!, null);
        }

        if (keys.Count > 0)
        {
            _ = RunAsync(keys);
        }
    }

    private async Task RunAsync(List<(TKey, Held<TRow>?)> keys)
    {
        try
        {
            _answer.SetResult(await refill(keys));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _answer.SetException(fault);
        }
    }
}
