using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Shop.Data.Outside;

/// <summary>
/// Answers from outside. Who asks the same at the same moment shares a call, and all nodes keep what was answered for a while, so that
/// it is answered alike. Redis only spares calls: where it is away, nothing is kept. One for the process; thread-safe.
/// </summary>
/// <typeparam name="T">An answer; kept as JSON.</typeparam>
public sealed class OutsideAnswers<T>
    where T : class
{
    private static readonly TimeSpan _redisLimit = TimeSpan.FromMilliseconds(200);

    private readonly OutsideLine _line;
    private readonly OutsideTerms _terms;
    private readonly RecentTexts _kept;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Key, TimeSpan Limit), Task<T?>> _open = [];

    /// <param name="line">Over which is asked.</param>
    /// <param name="terms">How many answers are kept, and for how long.</param>
    /// <param name="redis">Where they are kept.</param>
    /// <param name="clock">Tells when they are old.</param>
    /// <param name="log">Hears that none could be kept.</param>
    public OutsideAnswers(
        OutsideLine line,
        OutsideTerms terms,
        IConnectionMultiplexer redis,
        TimeProvider clock,
        ILogger<OutsideLine> log
    )
    {
        (_line, _terms, _clock, _log) = (line, terms, clock, log);
        _kept = new(redis, clock, terms.Name, terms.MaxKept, terms.Lifetime);
    }

    /// <summary>What is answered to a question, now or a while ago; null where there is no answer that can be used.</summary>
    /// <param name="question">All that the answer depends on.</param>
    /// <param name="call">Asks; ends with its token.</param>
    /// <param name="limit">How long the call may take.</param>
    /// <param name="cancel">Ends the wait; others who ask the same go on waiting.</param>
    public Task<T?> AskAsync(
        object question,
        Func<CancellationToken, Task<T>> call,
        TimeSpan limit,
        CancellationToken cancel
    )
    {
        var asked = (KeyOf(question), limit);
        lock (_gate)
        {
            if (!_open.TryGetValue(asked, out var answer))
            {
                // Nobody's own: whoever came first may go.
                answer = Task.Run(() => AnswerAsync(asked, call), CancellationToken.None);
                _open.Add(asked, answer);
            }

            return answer.WaitAsync(cancel);
        }
    }

    private static string KeyOf(object question) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(StoredJson.Write(question))));

    private async Task<T?> AnswerAsync(
        (string Key, TimeSpan Limit) asked,
        Func<CancellationToken, Task<T>> call
    )
    {
        try
        {
            if (await FindAsync(asked.Key) is { } kept)
            {
                return kept;
            }

            var answer = await _line.CallAsync(call, asked.Limit, CancellationToken.None);
            if (answer is not null)
            {
                var text = StoredJson.Write(new Kept(_clock.GetUtcNow(), answer));
                await TryAsync(_kept.KeepAsync(asked.Key, text, CancellationToken.None));
            }

            return answer;
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(asked);
            }
        }
    }

    private async Task<T?> FindAsync(string key)
    {
        try
        {
            return
                await TryAsync(_kept.FindAsync(key, CancellationToken.None)) is { } text
                && StoredJson.Read<Kept>(text) is var (at, answer)
                // Being used makes no answer younger.
                && _clock.GetUtcNow() - at < _terms.Lifetime
                ? answer
                : null;
        }
        catch (JsonException)
        {
            // Another build has kept it.
            return null;
        }
    }

    private async Task<TFound?> TryAsync<TFound>(Task<TFound> deed)
    {
        try
        {
            return await deed.WaitAsync(_redisLimit, _clock);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            _log.NothingKept(_terms.Name, fault);
            return default;
        }
    }

    private sealed record Kept(DateTimeOffset At, T Answer);
}
