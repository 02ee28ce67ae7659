using System.Net;

namespace Shop.Tests.Transport.Http;

/// <summary>How many clients may stay connected.</summary>
public sealed class OpenConnectionsTests : IAsyncLifetime
{
    private const string Watch = "subscription { bookRenamed { title } }";
    private readonly LibraryHost _host = new(builder =>
        builder.Configuration["GraphQL:Transport:MaxConnections"] = "2"
    );

    [Fact]
    public async Task One_connection_too_many_is_told_to_try_again_and_finds_a_place_that_is_left()
    {
        using var socket = await SocketClient.OpenAsync(_host);
        var stream = await _host.QueryAsync(Watch, "text/event-stream");
        await _host.Library.ReadersAsync(1);

        using var refused = await _host.QueryAsync(Watch, "text/event-stream");
        using var closed = await SocketClient.ConnectAsync(_host);
        using var plain = await _host.QueryAsync("{ __typename }");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
        Assert.Contains("THROTTLED", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("1013 Too many connections; try again in a moment", await closed.HearAsync());
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);

        stream.Dispose();
        await _host.Library.ReadersAsync(0);
        await socket.CloseAsync();
        await socket.HearAsync();
        using var again = await OpenAsync();
    }

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    // A place is free a moment after its connection has ended.
    private async Task<SocketClient> OpenAsync()
    {
        while (true)
        {
            var client = await SocketClient.ConnectAsync(_host);
            await client.InitialiseAsync(null);
            if (await client.HearAsync() == """{"type":"connection_ack"}""")
            {
                return client;
            }

            client.Dispose();
        }
    }
}
