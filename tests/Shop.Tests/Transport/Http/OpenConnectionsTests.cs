using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.GraphQL.Transport.Http;

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

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    // A whole network of the same client.
    [InlineData("2001:db8::1", "2001:db8::2")]
    public void One_address_takes_no_more_than_its_share(string one, string same)
    {
        using var connections = new OpenConnections(
            Options.Create(new TransportOptions { MaxConnectionsOfAddress = 2 })
        );
        var first = connections.TryEnter(IPAddress.Parse(one));
        using var second = connections.TryEnter(IPAddress.Parse(same));

        Assert.Null(connections.TryEnter(IPAddress.Parse(one)));
        using var other = connections.TryEnter(IPAddress.Parse("2001:db8:0:1::1"));
        Assert.NotNull(other);
        first!.Dispose();
        using var again = connections.TryEnter(IPAddress.Parse(same));
        Assert.NotNull(again);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData(null)]
    public void A_proxy_on_this_machine_has_all_places(string? address)
    {
        using var connections = new OpenConnections(
            Options.Create(new TransportOptions { MaxConnections = 3, MaxConnectionsOfAddress = 1 })
        );
        var from = address is null ? null : IPAddress.Parse(address);

        Assert.All(Enumerable.Range(0, 3), _ => Assert.NotNull(connections.TryEnter(from)));
        Assert.Null(connections.TryEnter(from));
    }

    [Fact]
    public async Task The_operations_of_one_address_are_counted_on_all_of_its_sockets()
    {
        await using var host = new LibraryHost(builder =>
        {
            builder.Configuration["GraphQL:Transport:MaxOperationsOfAddress"] = "2";
            builder.Services.AddTransient<IStartupFilter, FromElsewhere>();
        });
        await host.InitializeAsync();
        using var one = await SocketClient.OpenAsync(host);
        using var other = await SocketClient.OpenAsync(host);
        await one.SubscribeAsync("1", Watch);
        await one.SubscribeAsync("2", Watch);
        await host.Library.ReadersAsync(2);

        await other.SubscribeAsync("1", "{ __typename }");
        Assert.Contains(
            "The connections of an address may have 2 operations open.",
            await other.HearAsync(),
            StringComparison.Ordinal
        );

        await one.CloseAsync();
        await one.HearAsync();
        await host.Library.ReadersAsync(0);
        string answer;
        do
        {
            await other.SubscribeAsync("1", "{ __typename }");
            answer = await other.HearAsync();
        } while (answer.Contains("error", StringComparison.Ordinal));

        Assert.Contains("\"data\"", answer, StringComparison.Ordinal);
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

    /// <summary>Has all requests come from one address that is none of this machine.</summary>
    private sealed class FromElsewhere : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (http, rest) =>
                    {
                        http.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.1");
                        return rest(http);
                    }
                );
                next(app);
            };
    }
}
