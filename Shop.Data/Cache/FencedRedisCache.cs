using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Shop.Data.Cache;

/// <summary>
/// Rows that nodes share, fenced: Redis takes none that is older than a change that was announced, however late it comes. Where Redis
/// is away or slow, nothing is found and nothing kept: rows are read. Thread-safe; one for the process.
/// </summary>
public sealed class FencedRedisCache(CacheLine line, IOptions<CacheOptions> options, RowCounts counts)
{
    // Eight bytes each: version, ceiling, good until; then the subject with its length, then JSON.
    private const int SubjectAt = 24;

    private static readonly RedisScript _keep = RedisScript.Load<FencedRedisCache>("KeepRow");

    /// <summary>Where the floor of a subject stands. All keys of the cache live on one node of a cluster.</summary>
    internal static string FloorKey(string subject) => $"{{shop}}:f1:{subject}";

    /// <summary>What is kept of these keys and reaches its floors; old rows, too.</summary>
    /// <param name="kind">Of which kind.</param>
    /// <param name="keys">Each once.</param>
    internal async Task<IReadOnlyDictionary<TKey, Held<TRow>>> FindAsync<TKey, TRow>(
        EntityKind<TKey, TRow> kind,
        IReadOnlyList<TKey> keys
    )
        where TKey : notnull
        where TRow : class
    {
        var found = new Dictionary<TKey, Held<TRow>>();
        var entries = await line.TryAsync(redis =>
            redis.StringGetAsync([.. keys.Select(key => Key(kind, key))])
        );
        foreach (var (key, entry) in keys.Zip(entries ?? []))
        {
            if (entry.HasValue && Read<TRow>(entry!) is { } held)
            {
                found.Add(key, held);
            }
        }

        if (found.Count == 0)
        {
            return found;
        }

        string[] subjects = [.. found.Values.SelectMany(held => SubjectsOf(kind, held)).Distinct()];
        var floors = await line.TryAsync(redis =>
            redis.StringGetAsync([.. subjects.Select(subject => (RedisKey)FloorKey(subject))])
        );
        if (floors is null)
        {
            return new Dictionary<TKey, Held<TRow>>();
        }

        var floorOf = subjects.Zip(floors).ToDictionary(one => one.First, one => (long)one.Second);
        return found
            .Where(one => SubjectsOf(kind, one.Value).All(subject => one.Value.Version >= floorOf[subject]))
            .ToDictionary();
    }

    /// <summary>Keeps a row that was read.</summary>
    /// <returns>The floor that it does not reach: it is old. Zero where it is kept, or nobody knows.</returns>
    internal async Task<long> KeepAsync<TKey, TRow>(
        EntityKind<TKey, TRow> kind,
        TKey key,
        Held<TRow> held,
        byte[] json
    )
        where TRow : class
    {
        var answer = await line.TryAsync(async redis =>
            (long?)
                await _keep.RunAsync(
                    redis,
                    [
                        Key(kind, key),
                        .. SubjectsOf(kind, held).Select(subject => (RedisKey)FloorKey(subject)),
                    ],
                    [
                        held.Version,
                        held.Ceiling,
                        Write(held, json),
                        (long)options.Value.StaleFor.TotalMilliseconds,
                    ]
                )
        );
        if (answer is > 0 or -1)
        {
            counts.RefuseFill();
        }

        return Math.Max(0, answer ?? 0);
    }

    private static IEnumerable<string> SubjectsOf<TKey, TRow>(EntityKind<TKey, TRow> kind, Held<TRow> held)
        where TRow : class => kind.AlsoOf is { } all ? [held.Subject, all] : [held.Subject];

    private static RedisKey Key<TKey, TRow>(EntityKind<TKey, TRow> kind, TKey key) =>
        $"{{shop}}:e1:{kind.Name}:{kind.KeyText(key)}";

    private static byte[] Write<TRow>(Held<TRow> held, byte[] json)
        where TRow : class
    {
        var subject = Encoding.UTF8.GetBytes(held.Subject);
        var entry = new byte[SubjectAt + 1 + subject.Length + json.Length];
        BinaryPrimitives.WriteInt64BigEndian(entry, held.Version);
        BinaryPrimitives.WriteInt64BigEndian(entry.AsSpan(8), held.Ceiling);
        BinaryPrimitives.WriteInt64BigEndian(entry.AsSpan(16), held.GoodUntil.ToUnixTimeMilliseconds());
        entry[SubjectAt] = checked((byte)subject.Length);
        subject.CopyTo(entry, SubjectAt + 1);
        json.CopyTo(entry, SubjectAt + 1 + subject.Length);
        return entry;
    }

    private static Held<TRow>? Read<TRow>(byte[] entry)
        where TRow : class
    {
        try
        {
            var json = SubjectAt + 1 + entry[SubjectAt];
            return new(
                JsonSerializer.Deserialize<TRow>(entry.AsSpan(json), StoredJson.Options),
                BinaryPrimitives.ReadInt64BigEndian(entry),
                BinaryPrimitives.ReadInt64BigEndian(entry.AsSpan(8)),
                Encoding.UTF8.GetString(entry.AsSpan((SubjectAt + 1)..json)),
                DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(entry.AsSpan(16)))
            )
            {
                Size = entry.Length,
            };
        }
        catch (JsonException)
        {
            // Another build has kept it.
            return null;
        }
    }
}
