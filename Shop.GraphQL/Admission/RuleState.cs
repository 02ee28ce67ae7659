namespace Shop.GraphQL.Admission;

/// <summary>
/// What of a rule outlasts its file: how often it let in and refused, and how full its buckets are. It belongs to the rule's id, and
/// goes with it. Thread-safe, but for <see cref="Keep"/>.
/// </summary>
/// <param name="id">Of the rule.</param>
internal sealed class RuleState(string id)
{
    private long _taken;
    private long _refused;
    private object? _buckets;

    /// <summary>Unique in a file.</summary>
    public string Id => id;

    /// <summary>Operations that it was asked for and let in; also where a later rule refused them.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Operations that it refused.</summary>
    public long Refused => Volatile.Read(ref _refused);

    public void Take() => Interlocked.Increment(ref _taken);

    /// <summary>Counts a refusal.</summary>
    /// <param name="wait">How long until there is something left, about.</param>
    /// <param name="asked">What is refused.</param>
    /// <returns>What the client is told.</returns>
    public RuleRefusal Refusal(TimeSpan wait, AskedOperation asked)
    {
        Interlocked.Increment(ref _refused);
        // A fifth more or less: those who were refused together do not come back together.
        return new(id, wait * (0.8 + 0.4 * Random.Shared.NextDouble()), asked.Cost);
    }

    /// <summary>The buckets that it had, or new ones where it had none of this kind.</summary>
    public T Keep<T>(Func<T> make)
        where T : class
    {
        if (_buckets is T kept)
        {
            return kept;
        }

        var made = make();
        _buckets = made;
        return made;
    }
}
