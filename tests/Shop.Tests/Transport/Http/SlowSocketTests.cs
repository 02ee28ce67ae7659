using System.Net.WebSockets;

namespace Shop.Tests.Transport.Http;

/// <summary>Subscribers who do not read as fast as things happen.</summary>
public sealed class SlowSocketTests : IAsyncLifetime
{
    private static readonly string _large = new('x', 1024 * 1024);

    private readonly LibraryHost _host = new();

    [Fact]
    public async Task A_subscription_whose_events_pile_up_ends_with_an_error_and_the_others_go_on()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("1", "subscription { bookRenamed { title } }");
        await _host.Library.ReadersAsync(1);
        // Far more than the sockets of both sides take in, so that more wait than may.
        for (var number = 1; number <= 30; number++)
        {
            _host.Library.Rename(number, _large);
        }

        var error = await HearLastAsync(client, "next");
        Assert.StartsWith(
            """{"id":"1","type":"error","payload":[{"message":"Events were not read in time.""",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains("SLOW_CONSUMER", error, StringComparison.Ordinal);
        await _host.Library.ReadersAsync(0);
        await client.SubscribeAsync("1", "{ __typename }");
        Assert.Contains("\"data\"", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscriber_who_is_behind_is_told_how_it_is_not_how_it_came_to_be()
    {
        const int Times = 64;
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("1", "subscription { bookRenamed { title } }");
        await _host.Library.ReadersAsync(1);
        for (var time = 0; time < Times; time++)
        {
            _host.Library.Rename(1, _large);
        }

        _host.Library.Rename(1, "The last");
        var told = 1;
        while (!(await client.HearAsync()).Contains("The last", StringComparison.Ordinal))
        {
            told++;
        }

        Assert.InRange(told, 1, Times / 2);
    }

    [Fact]
    public async Task Who_reads_nothing_at_all_is_cut_off()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("1", "subscription { bookRenamed { title } }");
        await _host.Library.ReadersAsync(1);
        while (_host.Library.Readers > 0)
        {
            _host.Library.Rename(1, _large);
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while (true)
            {
                await client.HearAsync();
            }
        });
    }

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task<string> HearLastAsync(SocketClient client, string type)
    {
        while (true)
        {
            var message = await client.HearAsync();
            if (!message.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal))
            {
                return message;
            }
        }
    }
}
