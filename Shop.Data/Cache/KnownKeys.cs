using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Shop.Data.Cache;

/// <summary>
/// The keys that all rows have, so that strangers' need no statement: who asks for ten thousand that nobody has, asks no database. Until
/// all keys were read, and as soon as one may have been missed, it denies none. Thread-safe; one for the process.
/// </summary>
/// <remarks>
/// A row's key is told to all nodes before whoever made it is answered. An id tells when it was made: one of the last minutes is never
/// denied, whatever was told. A text tells nothing: it is denied only while this node hears the others. And ten batches, then five
/// more each second, are asked of the database though they are denied: where there is no crowd, nobody is told what is not so,
/// and a row that is found then has all keys read anew.
/// </remarks>
public sealed class KnownKeys(IOptions<CacheOptions> options, TimeProvider clock)
{
    /// <summary>Where nodes tell each other of keys, and, with an empty line, that they are heard.</summary>
    public const string Channel = "keys";

    private const double TriesPerSecond = 5;
    private const double MaxTries = 10;

    // Where it is this full, a larger one is made.
    private const double Full = 0.8;

    // Longer than a transaction takes, and further than clocks are apart.
    private static readonly TimeSpan _young = TimeSpan.FromMinutes(5);

    // Three of what nodes say to be heard.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private TaskCompletionSource _wanted = Wish();
    private BloomFilter? _known;
    private BloomFilter? _next;
    private DateTimeOffset _heardAt;
    private double _tries = MaxTries;
    private long _triedAt = clock.GetTimestamp();

    /// <summary>Whether keys are kept at all.</summary>
    public bool IsEnabled => options.Value is { Enabled: true, KnownKeys: > 0 };

    /// <summary>How many keys are known; 0 where none is denied.</summary>
    public long Count => Volatile.Read(ref _known)?.Count ?? 0;

    /// <summary>What they take of memory; 0 where none is denied.</summary>
    public long Bytes => Volatile.Read(ref _known)?.Bytes ?? 0;

    /// <summary>What is told of these keys.</summary>
    public static string Write(IReadOnlyCollection<string> keys) => JsonSerializer.Serialize(keys);

    /// <summary>Hears what <see cref="Write"/> has written; an empty line only says that others are heard.</summary>
    public void Hear(string told)
    {
        if (told.Length > 0)
        {
            Learn(JsonSerializer.Deserialize<string[]>(told)!);
        }

        lock (_gate)
        {
            _heardAt = clock.GetUtcNow();
        }
    }

    /// <summary>These are given.</summary>
    public void Learn(IReadOnlyCollection<string> keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                _known?.Add(key);
                _next?.Add(key);
            }

            if (_known is { } known && known.Count > Full * known.Capacity && _next is null)
            {
                _wanted.TrySetResult();
            }
        }
    }

    /// <summary>Keys may have been given of which this node has not heard: none is denied until all are read anew.</summary>
    public void Doubt()
    {
        lock (_gate)
        {
            (_known, _next) = (null, null);
            _wanted.TrySetResult();
        }
    }

    /// <summary>Returns when all keys are to be read.</summary>
    public async Task WantedAsync(CancellationToken cancel)
    {
        Task wanted;
        lock (_gate)
        {
            wanted = _wanted.Task;
        }

        await wanted.WaitAsync(cancel);
        lock (_gate)
        {
            // Who wants it from here on wants it once more.
            _wanted = Wish();
        }
    }

    /// <summary>Reads all keys. What is told meanwhile is among them.</summary>
    /// <param name="count">How many there are, about.</param>
    /// <param name="read">All that are committed when it begins.</param>
    /// <param name="cancel">Ends it; nothing has changed then.</param>
    public async Task ReadAsync(long count, IAsyncEnumerable<string> read, CancellationToken cancel)
    {
        var next = new BloomFilter(Math.Max(options.Value.KnownKeys, 2 * count));
        DateTimeOffset began;
        lock (_gate)
        {
            (_next, began) = (next, clock.GetUtcNow());
        }

        await foreach (var key in read.WithCancellation(cancel))
        {
            next.Add(key);
        }

        lock (_gate)
        {
            // Else something was missed since.
            if (ReferenceEquals(_next, next))
            {
                (_known, _next) = (next, null);
                _heardAt = _heardAt > began ? _heardAt : began;
            }
        }
    }

    /// <summary>Whether no row has this key.</summary>
    /// <param name="key">As it is told.</param>
    /// <param name="madeAt">When it was made; null for a text.</param>
    internal bool Denies(string key, DateTimeOffset? madeAt)
    {
        if (Volatile.Read(ref _known) is not { } known || known.Has(key))
        {
            return false;
        }

        lock (_gate)
        {
            return madeAt is { } made ? made < _heardAt - _young : clock.GetUtcNow() - _heardAt < _patience;
        }
    }

    /// <summary>Whether a batch of keys is asked of the database though they are denied.</summary>
    internal bool IsTried()
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            var since = clock.GetElapsedTime(_triedAt, now);
            _tries = Math.Min(MaxTries, _tries + TriesPerSecond * since.TotalSeconds);
            _triedAt = now;
            if (_tries < 1)
            {
                return false;
            }

            _tries--;
            return true;
        }
    }

    private static TaskCompletionSource Wish() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
