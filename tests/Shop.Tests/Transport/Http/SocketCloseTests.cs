using System.Net.WebSockets;

namespace Shop.Tests.Transport.Http;

/// <summary>A client that does not keep to the protocol loses its WebSocket, with the code that tells why.</summary>
public sealed class SocketCloseTests(LibraryHost host) : IClassFixture<LibraryHost>
{
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
        using var client = await SocketClient.OpenAsync(host);
        await client.SendAsync(message);

        Assert.Equal("4400 Invalid message", await client.HearAsync());
    }

    [Fact]
    public async Task Bytes_instead_of_text_close_with_4400()
    {
        using var client = await SocketClient.OpenAsync(host);
        await client.SendAsync([1, 2, 3], WebSocketMessageType.Binary);

        Assert.Equal("4400 Invalid message", await client.HearAsync());
    }

    [Fact]
    public async Task A_subscribe_before_the_welcome_closes_with_4401()
    {
        using var client = await SocketClient.ConnectAsync(host);
        await client.SubscribeAsync("1", "{ __typename }");

        Assert.Equal("4401 Unauthorized", await client.HearAsync());
    }

    [Theory]
    [InlineData("graphql-ws")]
    [InlineData(null)]
    public async Task Another_protocol_closes_with_4406(string? protocol)
    {
        using var client = await SocketClient.ConnectAsync(host, protocol);

        Assert.Equal("4406 Subprotocol not acceptable", await client.HearAsync());
    }

    [Fact]
    public async Task Silence_after_connecting_closes_with_4408()
    {
        using var client = await SocketClient.ConnectAsync(host);
        await client.SendAsync("""{"type":"ping"}""");
        await client.HearAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("4408 Connection initialisation timeout", await client.HearAsync());
    }

    [Fact]
    public async Task An_id_in_use_closes_with_4409()
    {
        using var client = await SocketClient.OpenAsync(host);
        await client.SubscribeAsync("one", "subscription { bookRenamed { title } }");
        await client.SubscribeAsync("one", "subscription { bookRenamed { title } }");

        Assert.Equal("4409 Subscriber for one already exists", await client.HearAsync());
        await host.Library.ReadersAsync(0);
    }

    [Fact]
    public async Task A_second_init_closes_with_4429()
    {
        using var client = await SocketClient.OpenAsync(host);
        await client.SendAsync("""{"type":"connection_init"}""");

        Assert.Equal("4429 Too many initialisation requests", await client.HearAsync());
    }

    [Fact]
    public async Task A_message_that_is_too_big_closes_with_1009()
    {
        using var client = await SocketClient.OpenAsync(host);
        await client.SubscribeAsync("1", new string(' ', 5000));

        Assert.Equal("1009 Message too big", await client.HearAsync());
    }
}
