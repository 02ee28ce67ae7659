using Microsoft.Extensions.Time.Testing;
using Shop.Data.Storage.Breakers;
using Shop.Data.Telemetry;

namespace Shop.Tests.Storage;

/// <summary>What stands before those who do not answer.</summary>
public sealed class BreakerTests : IDisposable
{
    private static readonly BreakerTerms _own = new(
        ErrorRatio: 0.5,
        Window: TimeSpan.FromSeconds(10),
        Least: 4,
        Open: TimeSpan.FromSeconds(10)
    );

    private readonly FakeTimeProvider _clock = new();
    private readonly ShopMeter _meter = new();
    private readonly Breaker _breaker;

    public BreakerTests() => _breaker = new("search", _own, fault => fault is IOException, _meter, _clock);

    [Fact]
    public async Task It_opens_where_most_fail_looks_after_a_while_and_closes()
    {
        Assert.Equal("answered", await CallAsync());
        Assert.Equal("answered", await CallAsync());
        await FailAsync(2);
        Assert.Equal((BreakerState.Open, false), (_breaker.State, _breaker.MayCall));
        Assert.Equal("refused", await CallAsync());

        _clock.Advance(_own.Open);
        Assert.True(_breaker.MayCall);
        await FailAsync(1);
        Assert.Equal("refused", await CallAsync());
        _clock.Advance(_own.Open);
        Assert.Equal("answered", await CallAsync());
        Assert.Equal(BreakerState.Closed, _breaker.State);
        await FailAsync(3);
        Assert.Equal("answered", await CallAsync());
    }

    [Fact]
    public async Task One_goes_to_see_and_the_others_wait_for_what_it_tells()
    {
        await FailAsync(4);
        _clock.Advance(_own.Open);
        var answer = new TaskCompletionSource<string>();
        var look = CallAsync(() => answer.Task);

        Assert.Equal((BreakerState.HalfOpen, false), (_breaker.State, _breaker.MayCall));
        Assert.Equal("refused", await CallAsync());
        answer.SetResult("answered");
        Assert.Equal("answered", await look);
        Assert.Equal("answered", await CallAsync());
    }

    [Fact]
    public async Task One_that_never_comes_back_is_followed_by_another_and_counts_no_more()
    {
        await FailAsync(4);
        _clock.Advance(_own.Open);
        var never = new TaskCompletionSource<string>();
        var look = CallAsync(() => never.Task);
        _clock.Advance(_own.Open);
        await FailAsync(1);

        never.SetResult("answered");
        Assert.Equal("answered", await look);
        Assert.Equal(BreakerState.Open, _breaker.State);
    }

    [Fact]
    public async Task Calls_that_were_begun_before_it_opened_say_nothing_about_after()
    {
        var late = new TaskCompletionSource<string>();
        var calls = Enumerable.Range(0, 10).Select(_ => CallAsync(() => late.Task)).ToList();
        await FailAsync(4);
        _clock.Advance(_own.Open);
        Assert.Equal("answered", await CallAsync());

        late.SetException(new IOException());
        Assert.All(await Task.WhenAll(calls), end => Assert.Equal("failed", end));
        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    [Fact]
    public async Task Who_leaves_says_nothing_and_the_next_one_looks()
    {
        for (var call = 0; call < 10; call++)
        {
            await LeaveAsync();
        }

        Assert.Equal(BreakerState.Closed, _breaker.State);
        await FailAsync(4);
        _clock.Advance(_own.Open);
        await LeaveAsync();
        Assert.Equal((BreakerState.Open, true), (_breaker.State, _breaker.MayCall));
        await FailAsync(1);
        Assert.False(_breaker.MayCall);
    }

    [Fact]
    public async Task What_failed_longer_ago_than_its_window_counts_no_more()
    {
        await FailAsync(3);
        _clock.Advance(_own.Window);
        await FailAsync(3);
        Assert.Equal(BreakerState.Closed, _breaker.State);

        _clock.Advance(_own.Window / 2);
        await FailAsync(1);
        Assert.Equal(BreakerState.Open, _breaker.State);
    }

    [Fact]
    public async Task What_is_slow_opens_it_where_it_is_said_what_is_slow()
    {
        await SlowAsync(8);
        Assert.Equal(BreakerState.Closed, _breaker.State);

        _breaker.Terms = _own with
        {
            Least = 8,
            Window = TimeSpan.FromMinutes(1),
            SlowCall = TimeSpan.FromSeconds(1),
        };
        await CallAsync();
        await SlowAsync(7);
        Assert.Equal(BreakerState.Open, _breaker.State);
        _clock.Advance(_own.Open);
        await SlowAsync(1);
        Assert.Equal("refused", await CallAsync());
    }

    [Fact]
    public async Task Other_terms_forget_nothing_and_an_open_one_stays_open_for_as_long_as_they_say()
    {
        await FailAsync(3);
        _breaker.Terms = _own with { };
        await FailAsync(1);
        Assert.Equal(BreakerState.Open, _breaker.State);

        _breaker.Terms = _own with { Open = TimeSpan.FromSeconds(20) };
        _clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal("refused", await CallAsync());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("answered", await CallAsync());
    }

    [Fact]
    public async Task One_failure_is_enough_where_the_ratio_is_nothing()
    {
        _breaker.Terms = _own with { ErrorRatio = 0, Least = 1 };
        Assert.Equal("answered", await CallAsync());
        await FailAsync(1);

        Assert.Equal("refused", await CallAsync());
    }

    public void Dispose() => _meter.Dispose();

    private async Task FailAsync(int times)
    {
        for (var call = 0; call < times; call++)
        {
            Assert.Equal("failed", await CallAsync(() => throw new IOException()));
        }
    }

    private async Task SlowAsync(int times)
    {
        for (var call = 0; call < times; call++)
        {
            Assert.Equal(
                "answered",
                await CallAsync(() =>
                {
                    _clock.Advance(TimeSpan.FromSeconds(1));
                    return Task.FromResult("answered");
                })
            );
        }
    }

    private async Task LeaveAsync() =>
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            _breaker.CallAsync<string>(() => throw new OperationCanceledException(), () => "refused")
        );

    private async Task<string> CallAsync(Func<Task<string>>? call = null)
    {
        try
        {
            return await _breaker.CallAsync(call ?? (() => Task.FromResult("answered")), () => "refused");
        }
        catch (IOException)
        {
            return "failed";
        }
    }
}
