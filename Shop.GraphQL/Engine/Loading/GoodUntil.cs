namespace Shop.GraphQL.Engine.Loading;

/// <summary>
/// Until when what an operation has read is so, where it changes by the clock alone and nobody announces that: a price that begins
/// tonight. Scoped, as the operation; thread-safe.
/// </summary>
internal sealed class GoodUntil
{
    private readonly Lock _gate = new();

    /// <summary>The first moment at which something is not so any more; null where nothing has said so.</summary>
    public DateTimeOffset? At { get; private set; }

    /// <summary>Something is not so any more from a moment on; null for nothing.</summary>
    public void Tell(DateTimeOffset? moment)
    {
        lock (_gate)
        {
            if (moment < (At ?? DateTimeOffset.MaxValue))
            {
                At = moment;
            }
        }
    }
}
