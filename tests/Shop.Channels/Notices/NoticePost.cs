using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Channels.Wires;

namespace Shop.Channels.Notices;

/// <summary>Delivers the channels' notices, again and again until the shop takes them, and keeps what the shop has answered.</summary>
/// <param name="misbehaviour">What goes wrong.</param>
/// <param name="clock">Counts the pauses between tries.</param>
/// <param name="pace">By how much the channels' true pauses are multiplied.</param>
public sealed class NoticePost(Misbehaviour misbehaviour, TimeProvider clock, double pace) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<NoticeDelivery> _all = [];
    private readonly List<NoticeDelivery> _unseen = [];
    private readonly HashSet<Task> _running = [];
    private readonly CancellationTokenSource _end = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastId = Wire.FirstNumber();

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }
    )
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>Every try so far, oldest first.</summary>
    public IReadOnlyList<NoticeDelivery> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    /// <summary>Tells the shop that something has come about, as well or as badly as was scripted. Comes back at once.</summary>
    /// <param name="wire">Whose notice.</param>
    /// <param name="what">What, in the words of the wire.</param>
    /// <param name="trade">The payment, as it stands now.</param>
    /// <param name="refund">The refund; null where it is of the payment.</param>
    public void Tell(Wire wire, string what, Trade trade, TradeRefund? refund = null)
    {
        var (fault, delay) = misbehaviour.OfNotice(trade.Channel, trade.OutNo);
        var notice = Make(wire, what, trade, refund, fault);
        for (
            var copies = fault switch
            {
                NoticeFault.Never => 0,
                NoticeFault.Twice => 2,
                _ => 1,
            };
            copies > 0;
            copies--
        )
        {
            Run(DeliverAsync(wire, notice, delay));
        }
    }

    /// <summary>Sends one notice now, once: for those that come late, again, or in another order.</summary>
    /// <param name="wire">Whose notice.</param>
    /// <param name="what">What, in the words of the wire.</param>
    /// <param name="trade">The payment, as it is to be told.</param>
    /// <param name="refund">The refund; null where it is of the payment.</param>
    /// <param name="fault">What is wrong with it.</param>
    public Task<NoticeDelivery> SendAsync(
        Wire wire,
        string what,
        Trade trade,
        TradeRefund? refund = null,
        NoticeFault fault = NoticeFault.None
    ) => TryAsync(wire, Make(wire, what, trade, refund, fault), 1);

    /// <summary>Sends a notice once more, as it was.</summary>
    public Task<NoticeDelivery> SendAgainAsync(Wire wire, NoticeDelivery earlier) =>
        TryAsync(wire, earlier.Notice, earlier.Try + 1);

    /// <summary>Waits for the next try that was not seen yet; each is seen once.</summary>
    /// <param name="channel">Of which channel.</param>
    /// <param name="outNo">Of which payment; null for any.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<NoticeDelivery> NextAsync(
        string channel,
        string? outNo = null,
        CancellationToken cancel = default
    )
    {
        while (true)
        {
            Task news;
            lock (_lock)
            {
                var at = _unseen.FindIndex(delivery =>
                    delivery.Notice.Trade.Channel == channel
                    && (outNo is null || delivery.Notice.Trade.OutNo == outNo)
                );
                if (at >= 0)
                {
                    var found = _unseen[at];
                    _unseen.RemoveAt(at);
                    return found;
                }

                news = _news.Task;
            }

            await news.WaitAsync(cancel);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Task[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _end.Dispose();
    }

    private Notice Make(Wire wire, string what, Trade trade, TradeRefund? refund, NoticeFault fault)
    {
        var now = clock.GetUtcNow();
        return new(wire.NoticeId(Interlocked.Increment(ref _lastId), now), what, trade, refund, now, fault);
    }

    private void Run(Task task)
    {
        lock (_lock)
        {
            _running.Add(task);
        }

        _ = task.ContinueWith(
            done =>
            {
                lock (_lock)
                {
                    _running.Remove(done);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
    }

    private async Task DeliverAsync(Wire wire, Notice notice, TimeSpan delay)
    {
        await Task.Delay(delay, clock, _end.Token);
        for (var tries = 1; ; tries++)
        {
            var delivery = await SendAsync(wire, notice, tries);
            if (delivery.IsTaken || tries > wire.Pauses.Count)
            {
                Keep(delivery);
                return;
            }

            // Begun before the try is told of: who has seen it may move the clock at once.
            var pause = Task.Delay(wire.Pauses[tries - 1] * pace, clock, _end.Token);
            Keep(delivery);
            await pause;
        }
    }

    private async Task<NoticeDelivery> TryAsync(Wire wire, Notice notice, int tries)
    {
        var delivery = await SendAsync(wire, notice, tries);
        Keep(delivery);
        return delivery;
    }

    private async Task<NoticeDelivery> SendAsync(Wire wire, Notice notice, int tries)
    {
        try
        {
            using var request = wire.Write(notice);
            using var response = await _http.SendAsync(request, _end.Token);
            var body = await response.Content.ReadAsStringAsync(_end.Token);
            var status = (int)response.StatusCode;
            return new(notice, tries, status, body, wire.IsTaken(status, body));
        }
        catch (Exception fault)
            when (fault is HttpRequestException or TaskCanceledException && !_end.IsCancellationRequested)
        {
            return new(notice, tries, 0, fault.Message, false);
        }
    }

    private void Keep(NoticeDelivery delivery)
    {
        lock (_lock)
        {
            _all.Add(delivery);
            _unseen.Add(delivery);
            _news.TrySetResult();
            _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
