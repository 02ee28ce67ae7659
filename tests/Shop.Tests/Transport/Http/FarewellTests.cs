using System.Net;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shop.GraphQL.Transport.Http;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Transport.Http;

/// <summary>How a host takes its leave of those who are connected.</summary>
public sealed class FarewellTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task It_says_that_it_is_not_ready_and_goes_on_answering_until_its_farewell_is_over()
    {
        var clock = new FakeTimeProvider(ShopHost.Now);
        var node = await ShopNode.StartAsync(shop, clock, ("GraphQL:Transport:FarewellFor", "00:00:10"));
        using var client = new HttpClient { BaseAddress = node.Address };

        var end = node.DisposeAsync().AsTask();

        using var ready = await client.GetAsync("/health/ready");
        using var answer = await client.GetAsync("/graphql?query={__typename}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("stopping", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(end.IsCompleted);

        clock.Advance(10 * _second);
        await end;
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("/health/live"));
    }

    [Fact]
    public void Five_hundred_connections_leave_fifty_a_second_and_one_that_comes_then_leaves_at_once()
    {
        var (clock, lifetime) = (
            new FakeTimeProvider(),
            new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance)
        );
        var farewell = new Farewell(
            lifetime,
            Options.Create(new TransportOptions { FarewellFor = 10 * _second }),
            clock
        );
        var turns = Enumerable.Range(0, 1_000).Select(_ => farewell.Take()).ToList();
        // Half of the pages have been closed since.
        var open = turns.Where((_, number) => number % 2 == 0).ToList();
        turns.Except(open).ToList().ForEach(turn => turn.Dispose());

        lifetime.StopApplication();

        var left = 0;
        for (var second = 1; second <= 10; second++)
        {
            clock.Advance(_second);
            var gone = open.Count(turn => turn.HasCome.IsCancellationRequested);
            Assert.InRange(gone - left, 45, 55);
            left = gone;
        }

        Assert.Equal(500, left);
        using var late = farewell.Take();
        Assert.True(late.HasCome.IsCancellationRequested);
        open.ForEach(turn => turn.Dispose());
    }
}
