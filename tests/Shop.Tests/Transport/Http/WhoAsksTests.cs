using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Tests.Transport.Http;

/// <summary>Who a request is from, whichever way it comes; with a scheme and without.</summary>
public sealed class WhoAsksTests : IAsyncLifetime
{
    private const string Me = "{ me { name } }";
    private readonly LibraryHost _guestsOnly = new();
    private readonly LibraryHost _library = new(builder =>
    {
        // Longer than the credential: at a jump of the clock, what it makes a stream send would be late already.
        builder.Configuration["GraphQL:Transport:KeepAlive"] = "00:02:00";
        builder
            .Services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, LibraryCards>("Bearer", null);
    });

    [Theory]
    [InlineData(null, "null")]
    [InlineData("", "null")]
    [InlineData("Bearer ada", "\"Ada\"")]
    public async Task A_request_is_from_a_guest_or_from_whom_its_header_proves(string? header, string name)
    {
        using var answer = await AskAsync(_library, header);
        using var events = await AskAsync(_library, header, "text/event-stream", $"subscription {Me}");

        var expected = """{"data":{"me":{"name":~}}""".Replace("~", name, StringComparison.Ordinal);
        Assert.StartsWith(expected, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(
            $"data: {expected}}}\n",
            await events.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("broken", "application/json", HttpStatusCode.InternalServerError, "INTERNAL")]
    [InlineData(
        "broken",
        "application/graphql-response+json",
        HttpStatusCode.InternalServerError,
        "INTERNAL"
    )]
    [InlineData("broken", "text/event-stream", HttpStatusCode.InternalServerError, "INTERNAL")]
    [InlineData("away", "application/json", HttpStatusCode.ServiceUnavailable, "THROTTLED")]
    [InlineData("away", "text/event-stream", HttpStatusCode.ServiceUnavailable, "THROTTLED")]
    public async Task Where_who_asks_cannot_be_found_out_that_is_said(
        string card,
        string accept,
        HttpStatusCode status,
        string code
    )
    {
        using var answer = await AskAsync(_library, $"Bearer {card}", accept);
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
        Assert.Contains(code, body, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", body, StringComparison.Ordinal);
        Assert.Contains(_library.Log.Lines, line => line.Contains("swordfish", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_WebSocket_is_closed_for_it_with_1011()
    {
        using var client = await SocketClient.ConnectAsync(_library);
        await client.InitialiseAsync("""{"authorization":"Bearer broken"}""");

        Assert.Equal("1011 Something broke on our side", await client.HearAsync());
    }

    [Theory]
    [InlineData("Bearer eve", "Bearer error=\"invalid_token\"")]
    [InlineData("Basic YWRhOjE=", "Bearer")]
    public async Task A_credential_that_is_not_accepted_is_refused_and_nothing_is_run(
        string header,
        string challenge
    )
    {
        foreach (
            var accept in new[]
            {
                "application/json",
                "application/graphql-response+json",
                "text/event-stream",
            }
        )
        {
            using var answer = await AskAsync(_library, header, accept);
            var body = await answer.Content.ReadAsStringAsync();

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal(challenge, answer.Headers.WwwAuthenticate.ToString());
            Assert.Contains("UNAUTHENTICATED", body, StringComparison.Ordinal);
            Assert.DoesNotContain("\"data\"", body, StringComparison.Ordinal);
            Assert.DoesNotContain("swordfish", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_nobody_can_sign_in_every_credential_is_refused()
    {
        using var answer = await AskAsync(_guestsOnly, "Bearer ada");
        using var client = await SocketClient.ConnectAsync(_guestsOnly);
        await client.InitialiseAsync("""{"authorization":"Bearer ada"}""");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("4401 No such credential is known here", await client.HearAsync());
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    [InlineData("""{"token":"eve","headers":{"cookie":"a=b"}}""", null)]
    [InlineData("""{"authorization":null,"headers":null}""", null)]
    [InlineData("""{"authorization":"Bearer ada"}""", "Ada")]
    [InlineData("""{"Authorization":"Bearer ada"}""", "Ada")]
    [InlineData("""{"headers":{"x":[1],"Authorization":"Bearer ada"}}""", "Ada")]
    public async Task A_socket_is_from_a_guest_or_from_whom_its_first_message_proves(
        string? payload,
        string? name
    )
    {
        using var client = await SocketClient.ConnectAsync(_library);
        await client.InitialiseAsync(payload);
        Assert.Equal("""{"type":"connection_ack"}""", await client.HearAsync());

        Assert.Equal(name, await NameAsync(client, Me));
        Assert.Equal(name, await NameAsync(client, $"subscription {Me}"));
    }

    [Theory]
    [InlineData("""{"authorization":"Bearer eve"}""", "4403 The credential is not valid")]
    [InlineData("""{"authorization":"Basic YWRhOjE="}""", "4401 No such credential is known here")]
    [InlineData("""{"authorization":7}""", "4400 Invalid message")]
    [InlineData("""{"headers":"Bearer ada"}""", "4400 Invalid message")]
    [InlineData("""{"headers":{"authorization":["Bearer ada"]}}""", "4400 Invalid message")]
    public async Task A_first_message_whose_credential_is_not_accepted_closes(string payload, string reason)
    {
        using var client = await SocketClient.ConnectAsync(_library);
        await client.InitialiseAsync(payload);

        Assert.Equal(reason, await client.HearAsync());
    }

    [Fact]
    public async Task Who_can_set_the_header_of_the_handshake_need_not_say_it_again()
    {
        using var ada = await SocketClient.ConnectAsync(_library, authorization: "Bearer ada");
        using var eve = await SocketClient.ConnectAsync(_library, authorization: "Bearer eve");
        await ada.InitialiseAsync(null);
        await eve.InitialiseAsync(null);
        await ada.HearAsync();

        Assert.Equal("Ada", await NameAsync(ada, Me));
        Assert.Equal("4403 The credential is not valid", await eve.HearAsync());
    }

    [Fact]
    public async Task The_first_message_counts_for_more_than_the_handshake()
    {
        using var client = await SocketClient.ConnectAsync(_library, authorization: "Bearer eve");
        await client.InitialiseAsync("""{"authorization":"Bearer ada"}""");
        await client.HearAsync();

        Assert.Equal("Ada", await NameAsync(client, Me));
    }

    [Theory]
    [InlineData("ada-for-a-minute", true)]
    [InlineData("ada", false)]
    public async Task A_socket_is_closed_when_the_credential_that_opened_it_expires(string card, bool expires)
    {
        using var client = await SocketClient.ConnectAsync(_library);
        await client.InitialiseAsync($$"""{"authorization":"Bearer {{card}}"}""");
        await client.HearAsync();
        await client.SubscribeAsync("1", "subscription { bookRenamed { title } }");
        await _library.Library.ReadersAsync(1);

        _library.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("Ada", await NameAsync(client, Me, id: "2"));
        _library.Clock.Advance(TimeSpan.FromSeconds(1));
        if (!expires)
        {
            await client.CloseAsync();
        }

        Assert.Equal(expires ? "4403 The credential has expired" : "1000 ", await client.HearAsync());
    }

    [Fact]
    public async Task An_event_stream_ends_without_complete_when_its_credential_expires()
    {
        using var events = await AskAsync(
            _library,
            "Bearer ada-for-a-minute",
            "text/event-stream",
            "subscription { bookRenamed { title } }"
        );
        await _library.Library.ReadersAsync(1);
        _library.Clock.Advance(TimeSpan.FromMinutes(1));

        var body = await events.Content.ReadAsStringAsync();

        Assert.DoesNotContain("complete", body, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync()
    {
        await _guestsOnly.InitializeAsync();
        await _library.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _library.DisposeAsync();
        await _guestsOnly.DisposeAsync();
    }

    private static Task<HttpResponseMessage> AskAsync(
        LibraryHost host,
        string? header,
        string? accept = null,
        string query = Me
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, host.Address)
        {
            Content = new StringContent(JsonSerializer.Serialize(new { query }), null, "application/json"),
        };
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        return host.SendAsync(request, accept);
    }

    private static async Task<string?> NameAsync(SocketClient client, string query, string id = "1")
    {
        await client.SubscribeAsync(id, query);
        var next = JsonSerializer.Deserialize<JsonElement>(await client.HearAsync());
        Assert.Equal($$"""{"id":"{{id}}","type":"complete"}""", await client.HearAsync());
        return next.GetProperty("payload")
            .GetProperty("data")
            .GetProperty("me")
            .GetProperty("name")
            .GetString();
    }
}
