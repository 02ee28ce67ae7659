using System.Net.WebSockets;

namespace Shop.Tests.Transport.Http;

public sealed class SocketTests : IAsyncLifetime
{
    private static readonly string _large = new('x', 1024 * 1024);
    private readonly LibraryHost _host = new();

    [Theory]
    [InlineData("no json")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"type": 7}""")]
    [InlineData("""{"type": "unheard_of"}""")]
    [InlineData("""{"type": "ping", "payload": 7}""")]
    [InlineData("""{"type": "subscribe", "payload": {"query": "{ __typename }"}}""")]
    [InlineData("""{"type": "subscribe", "id": "", "payload": {"query": "{ __typename }"}}""")]
    [InlineData("""{"type": "subscribe", "id": "1"}""")]
    [InlineData("""{"type": "subscribe", "id": "1", "payload": null}""")]
    [InlineData("""{"type": "subscribe", "id": "1", "payload": {}}""")]
    [InlineData("""{"type": "subscribe", "id": "1", "payload": {"query": 7}}""")]
    [InlineData("""{"type": "subscribe", "id": "\ud83d", "payload": {"query": "{ __typename }"}}""")]
    [InlineData("""{"type": "ping"} {"type": "ping"}""")]
    public async Task What_is_no_message_closes_with_4400(string message)
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SendAsync(message);

        Assert.Equal("4400 Invalid message", await client.HearAsync());
    }

    [Fact]
    public async Task Bytes_instead_of_text_close_with_4400()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SendAsync([1, 2, 3], WebSocketMessageType.Binary);

        Assert.Equal("4400 Invalid message", await client.HearAsync());
    }

    [Fact]
    public async Task A_subscribe_before_the_welcome_closes_with_4401()
    {
        using var client = await SocketClient.ConnectAsync(_host);
        await client.SubscribeAsync("1", "{ __typename }");

        Assert.Equal("4401 Unauthorized", await client.HearAsync());
    }

    [Theory]
    [InlineData("graphql-ws")]
    [InlineData(null)]
    public async Task Another_protocol_closes_with_4406(string? protocol)
    {
        using var client = await SocketClient.ConnectAsync(_host, protocol);

        Assert.Equal("4406 Subprotocol not acceptable", await client.HearAsync());
    }

    [Fact]
    public async Task Silence_after_connecting_closes_with_4408()
    {
        using var client = await SocketClient.ConnectAsync(_host);
        await client.SendAsync("""{"type":"ping"}""");
        await client.HearAsync();
        _host.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("4408 Connection initialisation timeout", await client.HearAsync());
    }

    [Fact]
    public async Task An_id_in_use_closes_with_4409()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("one", "subscription { bookRenamed { title } }");
        await client.SubscribeAsync("one", "subscription { bookRenamed { title } }");

        Assert.Equal("4409 Subscriber for one already exists", await client.HearAsync());
        await _host.Library.ReadersAsync(0);
    }

    [Fact]
    public async Task A_second_init_closes_with_4429()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SendAsync("""{"type":"connection_init"}""");

        Assert.Equal("4429 Too many initialisation requests", await client.HearAsync());
    }

    [Fact]
    public async Task A_message_that_is_too_big_closes_with_1009()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("1", new string(' ', 5000));

        Assert.Equal("1009 Message too big", await client.HearAsync());
    }

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

        Rename(2, "Second");
        Assert.Equal(
            """{"id":"s","type":"next","payload":{"data":{"bookRenamed":{"title":"Second","isNewest":true,"isShared":true,"sequel":{"title":"Volume 3"}}}}}""",
            await client.HearAsync()
        );
        Rename(1, "First");
        // The second book as it is now, not as an earlier event of this subscription read it.
        Assert.Equal(
            """{"id":"s","type":"next","payload":{"data":{"bookRenamed":{"title":"First","isNewest":true,"isShared":true,"sequel":{"title":"Second"}}}}}""",
            await client.HearAsync()
        );
        Rename(2, "Again");
        await client.HearAsync();
        Rename(1, "First again");
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

    [Theory]
    [InlineData("{ nothing }", "VALIDATION_FAILED")]
    [InlineData("{", "SYNTAX_ERROR")]
    [InlineData("subscription { count(to: 1) fails }", "VALIDATION_FAILED")]
    [InlineData("subscription { count(to: 1) @include(if: false) }", "VALIDATION_FAILED")]
    [InlineData("subscription($a: Boolean = true) { count(to: 1) @skip(if: $a) }", "VALIDATION_FAILED")]
    [InlineData("subscription { ... @skip(if: false) { count(to: 1) } }", "VALIDATION_FAILED")]
    [InlineData(
        "subscription { ...A } fragment A on Subscription { ...B } fragment B on Subscription { count(to: 1) fails }",
        "VALIDATION_FAILED"
    )]
    [InlineData("subscription { ... { __typename } }", "VALIDATION_FAILED")]
    [InlineData("subscription { breaks }", "INTERNAL")]
    [InlineData("{\r a(b: \r", "SYNTAX_ERROR")]
    [InlineData("{ book(by: {title: \"\\ud83d\"}) { title } }", "SYNTAX_ERROR")]
    [InlineData("{ book(by: {title: \"\\u0000\"}) { title } }", "VALIDATION_FAILED")]
    public async Task A_mistake_is_an_error_message_and_the_line_stays_open(string query, string code)
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("1", query);
        var error = await client.HearAsync();
        await client.SubscribeAsync("1", "{ __typename }");

        Assert.StartsWith(
            """{"id":"1","type":"error","payload":[{"message":""",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains(code, error, StringComparison.Ordinal);
        Assert.Contains("\"data\"", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"query": "{ __typename }", "variables": {"a": "\ud83d"}}""")]
    [InlineData("""{"query": "{ __typename }", "variables": {"\ude00": 1}}""")]
    [InlineData("""{"query": "{ __typename }", "operationName": "\ud83d"}""")]
    [InlineData("""{"query": "{ __typename }", "extensions": {"a": ["\ud83d"]}}""")]
    [InlineData("""{"query": "{ __typename }", "variables": {"a": 1e400}}""")]
    public async Task A_text_that_is_none_is_the_fault_of_its_operation(string payload)
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("other", "subscription { bookRenamed { title } }");
        await _host.Library.ReadersAsync(1);
        await client.SendAsync($$"""{"id": "1", "type": "subscribe", "payload": {{payload}}}""");
        var error = await client.HearAsync();
        Rename(1, "Still there");

        Assert.StartsWith("""{"id":"1","type":"error","payload":[""", error, StringComparison.Ordinal);
        Assert.Contains("BAD_REQUEST", error, StringComparison.Ordinal);
        Assert.Contains("Still there", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_fails_ends_its_stream_and_keeps_its_secret()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("1", "subscription { fails }");
        await client.HearAsync();
        var error = await client.HearAsync();

        Assert.Contains("INTERNAL", error, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", error, StringComparison.Ordinal);
        Assert.Equal("""{"id":"1","type":"complete"}""", await client.HearAsync());
    }

    [Fact]
    public async Task One_line_carries_only_so_many_operations()
    {
        using var client = await SocketClient.OpenAsync(_host);
        for (var id = 1; id <= 4; id++)
        {
            await client.SubscribeAsync($"{id}", "subscription { bookRenamed { title } }");
        }

        Assert.Contains(
            "A connection may have 3 operations open.",
            await client.HearAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_subscription_whose_events_pile_up_ends_with_an_error_and_the_others_go_on()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SubscribeAsync("1", "subscription { bookRenamed { title } }");
        await _host.Library.ReadersAsync(1);
        // Far more than the sockets of both sides take in, so that more wait than may.
        for (var number = 1; number <= 30; number++)
        {
            Rename(number, _large);
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
            Rename(1, _large);
        }

        Rename(1, "The last");
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
            Rename(1, _large);
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

    private void Rename(long number, string title) =>
        _host.Library.Rename(_host.Library.Books[new(number)] with { Title = title });
}
