using System.Collections.Concurrent;

namespace Shop.Data.Cache;

/// <summary>
/// From which version on what is kept of a subject may be used, as far as this node has heard: a product's own, or one for all
/// categories. Thread-safe; one for the process.
/// </summary>
/// <remarks>
/// A floor is the number of a transaction that began after the change was committed: whoever sees all transactions below it
/// sees the change. They grow with time, whatever the subject: of two, the higher one tells of the later change. So a read of the
/// primary that begins when this node has heard of one shows all changes up to it, and a late one of another node cannot pass for it.
/// </remarks>
public sealed class Floors
{
    /// <summary>Where nodes tell each other; a line is a floor and its subjects.</summary>
    public const string Channel = "floors";

    /// <summary>Subject of all categories: a change of one moves what stands below it.</summary>
    public const string Tree = "tree";

    /// <summary>Subject of what SKUs cost by price lists.</summary>
    public const string PriceLists = "prices";

    // Some 10 MB. Past that all rows are read again, once.
    private const int MaxHeard = 100_000;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, long> _heard = new(StringComparer.Ordinal);
    private long _least;
    private long _highest;
    private int _era;

    /// <summary>The highest that was heard.</summary>
    public long Highest => Volatile.Read(ref _highest);

    /// <summary>Rises when signals may have been missed: what was kept in memory before counts no more.</summary>
    public int Era => Volatile.Read(ref _era);

    /// <summary>Subject of a product, with its SKUs.</summary>
    public static string Of(ProductId product) => FormattableString.Invariant($"p{product.Value}");

    /// <summary>What something of a subject has to show.</summary>
    public long Of(string subject) => Math.Max(Volatile.Read(ref _least), _heard.GetValueOrDefault(subject));

    /// <summary>These have changed.</summary>
    public void Raise(IEnumerable<string> subjects, long floor)
    {
        lock (_gate)
        {
            foreach (var subject in subjects)
            {
                _heard.AddOrUpdate(subject, floor, (_, known) => Math.Max(known, floor));
            }

            // After them: who has seen it has them.
            Volatile.Write(ref _highest, Math.Max(_highest, floor));
            if (_heard.Count > MaxHeard)
            {
                Volatile.Write(ref _least, _highest);
                _heard.Clear();
            }
        }
    }

    /// <summary>Everything may have changed.</summary>
    public void RaiseAll(long floor)
    {
        lock (_gate)
        {
            Volatile.Write(ref _least, Math.Max(_least, floor));
            Volatile.Write(ref _highest, Math.Max(_highest, floor));
        }
    }

    /// <summary>Changes may have been announced that this node has not heard of.</summary>
    public void MissSome() => Interlocked.Increment(ref _era);

    /// <summary>What is told of these subjects; none has a blank in it.</summary>
    public static string Write(IEnumerable<string> subjects, long floor) =>
        FormattableString.Invariant($"{floor} {string.Join(' ', subjects)}");

    /// <summary>Hears what <see cref="Write"/> has written.</summary>
    public void Hear(string told)
    {
        var words = told.Split(' ');
        Raise(words[1..], long.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture));
    }
}
