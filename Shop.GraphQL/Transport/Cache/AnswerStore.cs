using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Shop.GraphQL.Transport.Cache;

/// <summary>
/// Keeps answers by their keys, in bounded memory and without a lock on reading: when the young half is full it becomes
/// the old one, and what no client has asked for since then is gone. Thread-safe.
/// </summary>
internal sealed class AnswerStore(IOptions<AnswerCacheOptions> options)
{
    // A node of the dictionary and the two objects it leads to.
    private const int Overhead = 200;

    private readonly long _maxAnswer = options.Value.MaxBytes / 100;
    private readonly long _halfOfBytes = options.Value.MaxBytes / 2;
    private readonly int _halfOfEntries = options.Value.MaxEntries / 2;
    private readonly Lock _keeping = new();
    private volatile Half _young = new();
    private volatile Half _old = new();
    private long _youngBytes;
    private long _oldBytes;
    private int _youngEntries;

    /// <summary>How many answers are kept, and about how many bytes they are. Takes locks: for operators.</summary>
    public (int Entries, long Bytes) Size
    {
        get
        {
            lock (_keeping)
            {
                return (_young.Answers.Count + _old.Answers.Count, _youngBytes + _oldBytes);
            }
        }
    }

    /// <summary>The answer of a key; null where there is none that is still good.</summary>
    public PublicAnswer? Find(ReadOnlySpan<byte> key)
    {
        if (_young.Find(key) is { } answer)
        {
            return answer.IsFresh ? answer : null;
        }

        if (_old.Find(key) is not { IsFresh: true } asked)
        {
            return null;
        }

        Keep(key.ToArray(), asked);
        return asked;
    }

    /// <summary>The answer of a key, though it may not be good any more; null where there is none.</summary>
    public PublicAnswer? FindOld(ReadOnlySpan<byte> key) => _young.Find(key) ?? _old.Find(key);

    /// <summary>Keeps an answer in place of the one there was; not one that is too large.</summary>
    public void Keep(byte[] key, PublicAnswer answer)
    {
        var bytes = Overhead + key.Length + answer.Bytes.Length;
        if (bytes > _maxAnswer)
        {
            return;
        }

        lock (_keeping)
        {
            // One that is replaced counts on until the next turn: too soon is no harm.
            _youngBytes += bytes;
            _youngEntries++;
            _young.Answers[key] = answer;
            if (_youngBytes >= _halfOfBytes || _youngEntries >= _halfOfEntries)
            {
                _old = _young;
                _young = new();
                _oldBytes = _youngBytes;
                (_youngBytes, _youngEntries) = (0, 0);
            }
        }
    }

    private sealed class Half
    {
        private readonly ConcurrentDictionary<byte[], PublicAnswer>.AlternateLookup<
            ReadOnlySpan<byte>
        > _byBody;

        public Half() => _byBody = Answers.GetAlternateLookup<ReadOnlySpan<byte>>();

        public ConcurrentDictionary<byte[], PublicAnswer> Answers { get; } = new(new SameBytes());

        public PublicAnswer? Find(ReadOnlySpan<byte> key) =>
            _byBody.TryGetValue(key, out var answer) ? answer : null;
    }
}
