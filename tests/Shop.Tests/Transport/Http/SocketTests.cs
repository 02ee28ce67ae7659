namespace Shop.Tests.Transport.Http;

/// <summary>A WebSocket and its operations, from the welcome to the end of either.</summary>
public sealed class SocketTests : IAsyncLifetime
{
    private readonly LibraryHost _host = new();

    [Fact]
    public async Task A_host_that_ends_closes_with_1001()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("1", "subscription { bookRenamed { title } }");
        await _host.Library.ReadersAsync(1);
        var stopped = _host.StopAsync();

        Assert.Equal("1001 The shop is restarting", await client.HearAsync());
        await stopped;
        await _host.Library.ReadersAsync(0);
    }

    [Fact]
    public async Task A_ping_is_answered_also_before_the_welcome()
    {
        using var client = await SocketClient.ConnectAsync(_host);
        await client.SendAsync("""{"type":"ping","payload":{"a":1}}""");
        await client.SendAsync("""{"type":"pong"}""");
        await client.SendAsync("""{"type":"connection_init","payload":{"token":"x"}}""");

        Assert.Equal("""{"type":"pong"}""", await client.HearAsync());
        Assert.Equal("""{"type":"connection_ack"}""", await client.HearAsync());
    }

    [Fact]
    public async Task Queries_mutations_and_subscriptions_run_side_by_side()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync(
            "s",
            "subscription { bookRenamed { title isNewest isShared sequel { title } } }"
        );
        await _host.Library.ReadersAsync(1);
        await client.SubscribeAsync("q", "{ __typename }");
        Assert.Equal(
            """{"id":"q","type":"next","payload":{"data":{"__typename":"Query"},"extensions":{"cost":{"requested":0,"limit":5000}}}}""",
            await client.HearAsync()
        );
        Assert.Equal("""{"id":"q","type":"complete"}""", await client.HearAsync());

        _host.Library.Rename(2, "Second");
        Assert.Equal(
            """{"id":"s","type":"next","payload":{"data":{"bookRenamed":{"title":"Second","isNewest":true,"isShared":true,"sequel":{"title":"Volume 3"}}}}}""",
            await client.HearAsync()
        );
        _host.Library.Rename(1, "First");
        // The second book as it is now, not as an earlier event of this subscription read it.
        Assert.Equal(
            """{"id":"s","type":"next","payload":{"data":{"bookRenamed":{"title":"First","isNewest":true,"isShared":true,"sequel":{"title":"Second"}}}}}""",
            await client.HearAsync()
        );
        _host.Library.Rename(2, "Again");
        await client.HearAsync();
        _host.Library.Rename(1, "First again");
        Assert.Contains(
            "\"sequel\":{\"title\":\"Again\"}",
            await client.HearAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_stream_ends_with_complete_and_its_id_is_free_again()
    {
        using var client = await SocketClient.OpenAsync(_host);
        for (var time = 0; time < 2; time++)
        {
            await client.SubscribeAsync("1", "subscription { count(to: 2) }");

            Assert.Equal(
                """{"id":"1","type":"next","payload":{"data":{"count":1}}}""",
                await client.HearAsync()
            );
            Assert.Equal(
                """{"id":"1","type":"next","payload":{"data":{"count":2}}}""",
                await client.HearAsync()
            );
            Assert.Equal("""{"id":"1","type":"complete"}""", await client.HearAsync());
        }
    }

    [Fact]
    public async Task A_complete_from_the_client_ends_the_stream_at_its_source()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("1", "subscription { bookRenamed { title } }");
        await _host.Library.ReadersAsync(1);
        await client.SendAsync("""{"type":"complete","id":"1"}""");
        await _host.Library.ReadersAsync(0);
        await client.SubscribeAsync("1", "{ __typename }");

        Assert.Contains("\"data\"", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_closes_ends_its_streams()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("1", "subscription { bookRenamed { title } }");
        await _host.Library.ReadersAsync(1);
        await client.CloseAsync();

        Assert.StartsWith("1000", await client.HearAsync(), StringComparison.Ordinal);
        await _host.Library.ReadersAsync(0);
    }

    [Fact]
    public async Task A_client_whose_line_breaks_ends_its_streams()
    {
        var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("1", "subscription { bookRenamed { title } }");
        await _host.Library.ReadersAsync(1);
        client.Dispose();

        await _host.Library.ReadersAsync(0);
    }

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
