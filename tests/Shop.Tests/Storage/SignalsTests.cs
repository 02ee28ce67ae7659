using Microsoft.Extensions.Time.Testing;
using Shop.Data.Storage.PubSub;
using Shop.Tests.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Storage;

public sealed class SignalsTests(RealRedisFixture server) : IClassFixture<RealRedisFixture>, IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private readonly Signals _signals = new(server.Redis, TimeProvider.System);
    private readonly CancellationTokenSource _end = new(_patience);

    [Fact]
    public async Task The_first_signal_says_to_read_and_what_is_published_after_it_is_heard()
    {
        await using var ear = await ListenAsync("a");

        await PublishAsync("a", "1");
        await PublishAsync("a", "2");

        Assert.Equal("1", await NextAsync(ear));
        Assert.Equal("2", await NextAsync(ear));
    }

    [Fact]
    public async Task Two_listeners_share_one_subscription_and_the_last_to_leave_ends_it()
    {
        var first = await ListenAsync("shared");
        var second = await ListenAsync("shared");

        Assert.Equal(1, await PublishAsync("shared", "both"));
        Assert.Equal("both", await NextAsync(first));
        Assert.Equal("both", await NextAsync(second));

        await first.DisposeAsync();
        Assert.Equal(1, await PublishAsync("shared", "second"));
        Assert.Equal("second", await NextAsync(second));

        await second.DisposeAsync();
        // Leaving is not waited for; the answer to a ping comes after it.
        await server.Redis.GetSubscriber().PingAsync();
        Assert.Equal(0, await PublishAsync("shared", "nobody"));
    }

    [Fact]
    public async Task A_listener_who_comes_as_another_leaves_still_hears()
    {
        var leaving = await ListenAsync("door");
        for (var round = 0; round < 1000; round++)
        {
            var coming = Task.Run(() => ListenAsync("door"), _end.Token);
            await Task.Run(async () => await leaving.DisposeAsync(), _end.Token);
            leaving = await coming;

            await PublishAsync("door", round);

            Assert.Equal(round, (int)await NextAsync(leaving));
        }
    }

    [Fact]
    public async Task A_slow_listener_is_told_to_read_again_in_place_of_what_it_missed()
    {
        await using var slow = await ListenAsync("busy");
        await using var witness = await ListenAsync("busy");
        for (var signal = 0; signal < 100; signal++)
        {
            await PublishAsync("busy", signal);
            await NextAsync(witness);
        }

        var heard = new List<RedisValue>();
        do
        {
            heard.Add(await NextAsync(slow));
        } while (heard[^1] != 99);

        Assert.True(heard.Count < 100);
        Assert.Contains(Signals.ReadAgain, heard);
    }

    [Fact]
    public async Task When_Redis_was_away_listeners_are_told_to_read_again_and_hear_on()
    {
        await using var ear = await ListenAsync("cut");

        await server.Redis.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub");

        Assert.Equal(Signals.ReadAgain, await NextAsync(ear));
        await PublishAsync("cut", "after");
        Assert.Equal("after", await NextSaidAsync(ear));
    }

    [Fact]
    public async Task Whoever_comes_while_Redis_is_away_is_told_to_read_and_hears_once_it_is_back()
    {
        await using var early = await ListenAsync("away");
        await server.Server.StopAsync();
        await using var late = await ListenAsync("away");
        await using var alone = await ListenAsync("away-alone");

        await server.Server.StartAsync();

        foreach (var ear in (IAsyncEnumerator<RedisValue>[])[early, late, alone])
        {
            Assert.Equal(Signals.ReadAgain, await NextAsync(ear));
        }

        await PublishAsync("away", "both");
        await PublishAsync("away-alone", "alone");
        Assert.Equal("both", await NextSaidAsync(early));
        Assert.Equal("both", await NextSaidAsync(late));
        Assert.Equal("alone", await NextSaidAsync(alone));
    }

    [Fact]
    public async Task Whoever_leaves_before_the_subscription_stands_leaves_nothing_behind()
    {
        for (var round = 0; round < 100; round++)
        {
            using var gone = new CancellationTokenSource();
            await using var ear = _signals.ListenAsync("brief", gone.Token).GetAsyncEnumerator(gone.Token);
            var coming = ear.MoveNextAsync().AsTask();
            await gone.CancelAsync();
            await Record.ExceptionAsync(() => coming);
        }

        // Leaving is not waited for.
        while (await PublishAsync("brief", "nobody") > 0)
        {
            _end.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Those_who_share_a_channel_hear_what_is_said_of_their_key_and_nothing_else()
    {
        await using var one = await ListenAsync("all", key: 1);
        await using var two = await ListenAsync("all", key: 2);
        await using var other = await ListenAsync("all", key: 2);

        var heardBy = await PublishAsync(
            "all",
            SignalLines.Write([(2, "a b"), (3, "c"), (1, "d"), (2, "e")])
        );

        Assert.Equal(1, heardBy);
        Assert.Equal("d", await NextAsync(one));
        foreach (var ear in (IAsyncEnumerator<RedisValue>[])[two, other])
        {
            Assert.Equal("a b", await NextAsync(ear));
            Assert.Equal("e", await NextAsync(ear));
        }
    }

    [Fact]
    public async Task Those_who_share_a_channel_are_told_to_read_again_when_Redis_was_away()
    {
        await using var early = await ListenAsync("shop", key: 1);
        await server.Server.StopAsync();
        await using var late = await ListenAsync("shop", key: 2);
        await using var first = await ListenAsync("shop-too", key: 2);
        await server.Server.StartAsync();

        foreach (var ear in (IAsyncEnumerator<RedisValue>[])[early, late, first])
        {
            Assert.Equal(Signals.ReadAgain, await NextAsync(ear));
        }

        await PublishAsync("shop", SignalLines.Write([(1, "early"), (2, "late")]));
        await PublishAsync("shop-too", SignalLines.Write([(2, "first")]));
        Assert.Equal("early", await NextSaidAsync(early));
        Assert.Equal("late", await NextSaidAsync(late));
        Assert.Equal("first", await NextSaidAsync(first));
    }

    [Fact]
    public async Task What_is_said_of_a_key_within_a_pause_comes_as_one_when_it_is_over()
    {
        var (clock, pause) = (new FakeTimeProvider(), TimeSpan.FromSeconds(1));
        using var signals = new Signals(server.Redis, clock);
        await using var one = signals.ListenAsync("paced", 1, pause, _end.Token).GetAsyncEnumerator();
        await using var two = signals.ListenAsync("paced", 1, pause, _end.Token).GetAsyncEnumerator();
        await using var other = signals.ListenAsync("paced", 2, pause, _end.Token).GetAsyncEnumerator();
        IAsyncEnumerator<RedisValue>[] watching = [one, two];
        foreach (var ear in (IAsyncEnumerator<RedisValue>[])[.. watching, other])
        {
            Assert.Equal(Signals.ReadAgain, await NextAsync(ear));
        }

        await PublishAsync("paced", SignalLines.Write([(1, "at once")]));
        await PublishAsync("paced", SignalLines.Write([(1, "held back"), (1, "likewise"), (2, "other")]));
        Assert.Equal("other", await NextAsync(other));
        clock.Advance(pause);

        foreach (var ear in watching)
        {
            Assert.Equal("at once", await NextAsync(ear));
            Assert.Equal(Signals.ReadAgain, await NextAsync(ear));
        }
    }

    public void Dispose()
    {
        _signals.Dispose();
        _end.Dispose();
    }

    private async Task<IAsyncEnumerator<RedisValue>> ListenAsync(string channel, long? key = null)
    {
        var signals = key is { } one
            ? _signals.ListenAsync(channel, one, TimeSpan.Zero, _end.Token)
            : _signals.ListenAsync(channel, _end.Token);
        var ear = signals.GetAsyncEnumerator(_end.Token);
        Assert.Equal(Signals.ReadAgain, await NextAsync(ear));
        return ear;
    }

    private static async Task<RedisValue> NextAsync(IAsyncEnumerator<RedisValue> ear)
    {
        Assert.True(await ear.MoveNextAsync());
        return ear.Current;
    }

    /// <summary>What is heard next, however often it says to read again before.</summary>
    private static async Task<RedisValue> NextSaidAsync(IAsyncEnumerator<RedisValue> ear)
    {
        RedisValue heard;
        while ((heard = await NextAsync(ear)).IsNull) { }
        return heard;
    }

    private Task<long> PublishAsync(string channel, RedisValue signal) =>
        server.Redis.GetDatabase().PublishAsync(RedisChannel.Literal(channel), signal);
}
