using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Shop.Data.Storage.Outside;

/// <summary>
/// Calls to somebody outside the shop, in JSON over HTTP: each has its time, a bounded number go at once, and while most of them fail none
/// is made for a while. What goes wrong is no answer, never an exception. Thread-safe.
/// </summary>
internal sealed class OutsideCalls : IDisposable
{
    private readonly OutsideAsked _asked;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly HttpClient _client;
    private readonly SemaphoreSlim _turns;
    private readonly ResiliencePipeline<string?> _breaker;

    public OutsideCalls(OutsideAsked asked, TimeProvider clock, ILogger log)
    {
        (_asked, _clock, _log) = (asked, clock, log);
        _turns = new(asked.CallsAtOnce);
        _client = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            }
        )
        {
            // Each call has a time limit of its own.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = OutsideAnswers.MaxAnswerBytes,
        };
        _breaker = new ResiliencePipelineBuilder<string?> { TimeProvider = clock }
            .AddCircuitBreaker(
                new()
                {
                    FailureRatio = 0.5,
                    MinimumThroughput = OutsideAnswers.CallsToJudge,
                    SamplingDuration = TimeSpan.FromSeconds(30),
                    BreakDuration = OutsideAnswers.Pause,
                    ShouldHandle = new PredicateBuilder<string?>().HandleResult(answer => answer is null),
                }
            )
            .Build();
    }

    /// <summary>Asks once; null where there is no answer.</summary>
    /// <param name="question">As JSON.</param>
    /// <param name="isAnswer">Whether a text is one.</param>
    public async Task<string?> AskAsync(string question, Func<string, bool> isAnswer)
    {
        try
        {
            return await _breaker.ExecuteAsync(
                async _ => await SendAsync(question, isAnswer),
                CancellationToken.None
            );
        }
        catch (BrokenCircuitException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _client.Dispose();
        _turns.Dispose();
    }

    private async Task<string?> SendAsync(string question, Func<string, bool> isAnswer)
    {
        using var late = new CancellationTokenSource(_asked.TimeLimit, _clock);
        try
        {
            await _turns.WaitAsync(late.Token);
            try
            {
                var (status, answer) = await PostAsync(question, late.Token);
                if (status == HttpStatusCode.OK && isAnswer(answer))
                {
                    return answer;
                }

                _log.NoOutsideAnswer(
                    _asked.Name,
                    status == HttpStatusCode.OK ? "it cannot be read" : $"{status}"
                );
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            _log.NoOutsideAnswer(_asked.Name, fault.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            _log.NoOutsideAnswer(_asked.Name, "it took too long");
        }

        return null;
    }

    private async Task<(HttpStatusCode Status, string Answer)> PostAsync(
        string question,
        CancellationToken late
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _asked.Address)
        {
            Content = new StringContent(question, Encoding.UTF8, MediaTypeNames.Application.Json),
        };
        request.Headers.Authorization = _asked.Key is { } key
            ? new AuthenticationHeaderValue("Bearer", key)
            : null;
        using var response = await _client.SendAsync(request, late);
        // As UTF-8, whatever the answer says of itself: a charset that nobody knows is no fault of ours.
        var answer = await response.Content.ReadAsByteArrayAsync(late);
        return (response.StatusCode, Encoding.UTF8.GetString(answer));
    }
}
