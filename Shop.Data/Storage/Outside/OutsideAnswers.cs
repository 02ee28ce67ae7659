using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Shop.Data.Storage.Outside;

/// <summary>
/// Asks somebody outside the shop, in JSON over HTTP, and keeps the answers for all nodes. Who asks the same at the same moment shares a
/// call; each call has its time; while most of them fail, none is made for a while. What goes wrong is no answer, never an exception.
/// Not to be asked inside a transaction. One for the process; thread-safe.
/// </summary>
public sealed class OutsideAnswers : IDisposable
{
    /// <summary>Answers are some hundred bytes.</summary>
    public const int MaxAnswerBytes = 1 << 16;

    /// <summary>So many calls have to be known before it is judged whether most fail.</summary>
    public const int CallsToJudge = 10;

    /// <summary>How long none is made then; after it, one is made to see.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromSeconds(15);

    private readonly OutsideAsked _asked;
    private readonly OutsideCalls _calls;
    private readonly RecentTexts _kept;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<string?>> _open = [];

    /// <param name="asked">Whom.</param>
    /// <param name="redis">Where answers are kept.</param>
    /// <param name="clock">Ends calls, pauses and answers.</param>
    /// <param name="log">Hears why there was no answer.</param>
    public OutsideAnswers(
        OutsideAsked asked,
        IConnectionMultiplexer redis,
        TimeProvider clock,
        ILogger<OutsideAnswers> log
    )
    {
        (_asked, _clock, _log) = (asked, clock, log);
        _calls = new(asked, clock, log);
        _kept = new(redis, clock, asked.Name, asked.MaxKept, asked.Lifetime);
    }

    /// <summary>What is answered to a question, now or a while ago; null where there is no answer that can be read.</summary>
    /// <param name="question">As JSON. Questions of the same text are the same.</param>
    /// <param name="read">Reads an answer; null where it is none.</param>
    /// <param name="cancel">Ends the wait; others who ask the same go on waiting.</param>
    public async Task<TAnswer?> AskAsync<TAnswer>(
        string question,
        Func<string, TAnswer?> read,
        CancellationToken cancel
    )
        where TAnswer : class
    {
        var answer = await Shared(question, text => read(text) is not null).WaitAsync(cancel);
        return answer is null ? null : read(answer);
    }

    /// <inheritdoc />
    public void Dispose() => _calls.Dispose();

    private Task<string?> Shared(string question, Func<string, bool> isAnswer)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(question, out var answer))
            {
                // Nobody's own: whoever came first may go.
                answer = Task.Run(() => AnswerAsync(question, isAnswer), CancellationToken.None);
                _open.Add(question, answer);
            }

            return answer;
        }
    }

    private async Task<string?> AnswerAsync(string question, Func<string, bool> isAnswer)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(question)));
        try
        {
            if (await FindAsync(key) is { } kept && isAnswer(kept))
            {
                return kept;
            }

            var answer = await _calls.AskAsync(question, isAnswer);
            if (answer is not null)
            {
                await KeepAsync(key, answer);
            }

            return answer;
        }
        finally
        {
            lock (_gate)
            {
                _open.Remove(question);
            }
        }
    }

    private async Task<string?> FindAsync(string key)
    {
        try
        {
            return
                await _kept.FindAsync(key, CancellationToken.None) is { } kept
                && StoredJson.Read<Kept>(kept) is var (at, answer)
                && _clock.GetUtcNow() - at < _asked.Lifetime
                ? answer
                : null;
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            // It is asked again then.
            return null;
        }
    }

    private async Task KeepAsync(string key, string answer)
    {
        try
        {
            var kept = StoredJson.Write(new Kept(_clock.GetUtcNow(), answer));
            await _kept.KeepAsync(key, kept, CancellationToken.None);
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            _log.OutsideAnswerNotKept(_asked.Name, fault);
        }
    }

    // Being used makes no answer younger.
    private sealed record Kept(DateTimeOffset At, string Answer);
}
