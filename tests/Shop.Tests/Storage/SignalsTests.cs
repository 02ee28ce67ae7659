using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Storage;

public sealed class SignalsTests(RealRedisFixture server) : IClassFixture<RealRedisFixture>, IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private readonly Signals _signals = new(server.Redis);
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
        RedisValue heard;
        while ((heard = await NextAsync(ear)).IsNull) { }
        Assert.Equal("after", heard);
    }

    public void Dispose()
    {
        _signals.Dispose();
        _end.Dispose();
    }

    private async Task<IAsyncEnumerator<RedisValue>> ListenAsync(string channel)
    {
        var ear = _signals.ListenAsync(channel, _end.Token).GetAsyncEnumerator(_end.Token);
        Assert.Equal(Signals.ReadAgain, await NextAsync(ear));
        return ear;
    }

    private static async Task<RedisValue> NextAsync(IAsyncEnumerator<RedisValue> ear)
    {
        Assert.True(await ear.MoveNextAsync());
        return ear.Current;
    }

    private Task<long> PublishAsync(string channel, RedisValue signal) =>
        server.Redis.GetDatabase().PublishAsync(RedisChannel.Literal(channel), signal);
}
