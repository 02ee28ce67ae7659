using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Storage.Points;
using Shop.GraphQL.Admission;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Admission;

public sealed class ClusterOnEmbeddedRedisTests(EmbeddedRedisFixture server)
    : ClusterTests(server),
        IClassFixture<EmbeddedRedisFixture>;

public sealed class ClusterOnRedisTests(RealRedisFixture server)
    : ClusterTests(server),
        IClassFixture<RealRedisFixture>;

/// <summary>Points that two nodes share, by what they let in together.</summary>
public abstract class ClusterTests(RedisFixture server)
{
    private readonly FakeTimeProvider _clock = new(ShopHost.Now);
    private readonly string _rule = $"{Guid.CreateVersion7():n}";

    [Fact]
    public async Task Two_nodes_let_in_no_more_together_than_a_rule_says()
    {
        // Nothing that counts comes in while the test runs.
        var rate = new Rate(PerSecond: 0.001, Burst: 400);
        ClusterPoints[] nodes = [Node(), Node()];

        var letIn = await Task.WhenAll(
            Enumerable.Range(0, 1_000).Select(n => nodes[n % 2].TakeAsync(1, rate, default).AsTask())
        );

        Assert.Equal(400, letIn.Count(wait => wait is null));
        Assert.All(letIn, wait => Assert.True(wait is null || wait > TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_node_takes_ahead_what_it_needs_in_a_twentieth_of_a_second()
    {
        var rate = new Rate(PerSecond: 200, Burst: 200);
        var shared = new SharedPoints(() => server.Redis, _clock);
        var node = Node();
        Assert.Null(await node.TakeAsync(1, rate, default));

        await server.Redis.GetDatabase().KeyDeleteAsync($"points:{{{_rule}}}");
        for (var ahead = 0; ahead < 9; ahead++)
        {
            Assert.Null(await node.TakeAsync(1, rate, default));
        }

        // Nobody has been asked since: the rule is as if new.
        Assert.False(await server.Redis.GetDatabase().KeyExistsAsync($"points:{{{_rule}}}"));
        Assert.Equal(200, (await shared.TakeAsync(_rule, 300, 200, 200, TimeSpan.Zero))!.Value.Count);
    }

    [Fact]
    public async Task A_cold_rule_begins_at_a_third_for_all_nodes()
    {
        var shared = new SharedPoints(() => server.Redis, _clock);

        var taken = await shared.TakeAsync(_rule, 300, 0.001, 300, TimeSpan.FromHours(1));

        Assert.Equal((100, 1), (taken!.Value.Count, taken.Value.Nodes));
    }

    [Fact]
    public async Task While_Redis_is_away_each_goes_on_with_its_part_and_then_together()
    {
        var rate = new Rate(PerSecond: 200, Burst: 10);
        ClusterPoints[] nodes = [Node(), Node()];
        // Twice, so that the first one, too, knows that there are two.
        foreach (var node in nodes.Concat(nodes))
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await SpendAsync(node, rate);
        }

        await server.Server.StopAsync();
        try
        {
            var letIn = 0;
            for (var tick = 0; tick < 1_000; tick++)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(10));
                foreach (var node in nodes)
                {
                    letIn += await SpendAsync(node, rate);
                }
            }

            // Ten seconds of two hundred.
            Assert.InRange(letIn, 1_700, 2_300);
        }
        finally
        {
            await server.Server.StartAsync();
        }

        await Eventually.TrueAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(3));
            await SpendAsync(nodes[0], rate);
            return await server.Redis.GetDatabase().KeyExistsAsync($"points:{{{_rule}}}");
        });
    }

    private ClusterPoints Node() =>
        new(_rule, new SharedPoints(() => server.Redis, _clock), _clock, NullLogger.Instance);

    private static async Task<int> SpendAsync(ClusterPoints node, Rate rate)
    {
        var taken = 0;
        while (await node.TakeAsync(1, rate, default) is null)
        {
            taken++;
        }

        return taken;
    }
}
