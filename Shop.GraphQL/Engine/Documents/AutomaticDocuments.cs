using Microsoft.Extensions.Options;
using Shop.Data.Storage;
using StackExchange.Redis;

namespace Shop.GraphQL.Engine.Documents;

/// <summary>
/// Documents that clients have registered as they went, for all nodes. Where Redis is away, none is found and none is kept:
/// clients then send what they would have named.
/// </summary>
/// <param name="shared">What all nodes know; null in a host without Redis.</param>
/// <param name="options">Whether there are any.</param>
/// <param name="clock">Tells since when is counted.</param>
/// <param name="log">Hears that Redis is away.</param>
internal sealed class AutomaticDocuments(
    RecentTexts? shared,
    IOptions<DocumentOptions> options,
    TimeProvider clock,
    ILogger<AutomaticDocuments> log
)
{
    // A node asks Redis once for what it is asked for all the time.
    private readonly GenerationCache<string, string> _recent = new(options.Value.AutomaticCapacity);

    /// <summary>Of the hashes that were looked for: how many this node knew without asking Redis.</summary>
    public HitCount Asked { get; } = new(clock);

    /// <summary>How many this node remembers.</summary>
    public int Count => _recent.Count;

    /// <summary>Whether clients may register documents.</summary>
    public bool IsOn => shared is not null && options.Value.Automatic;

    /// <summary>The text of a hash; null where no client has registered it, or not for long.</summary>
    public async ValueTask<string?> FindAsync(string hash, CancellationToken cancel)
    {
        if (!IsOn)
        {
            return null;
        }

        if (Asked.Of(_recent.TryGet(hash, out var known) ? known : null) is not null)
        {
            return known;
        }

        var text = await TryAsync(() => shared!.FindAsync(hash, cancel));
        if (text is not null)
        {
            _recent.Set(hash, text);
        }

        return text;
    }

    /// <summary>Keeps a document that has been run, under its hash.</summary>
    public async ValueTask KeepAsync(string hash, string text, CancellationToken cancel)
    {
        // A client that sends both each time costs Redis one write.
        if (IsOn && !_recent.TryGet(hash, out _))
        {
            _recent.Set(hash, text);
            await TryAsync(async () => $"{await shared!.KeepAsync(hash, text, cancel)}");
        }
    }

    private async Task<string?> TryAsync(Func<Task<string?>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (fault is RedisException or RedisTimeoutException)
        {
            log.DocumentsUnreachable(fault);
            return null;
        }
    }
}
