using System.Net;
using System.Text.Json;
using Shop.Tests.Transport.Http;

namespace Shop.Tests.Admission;

/// <summary>What a client is told that a rule does not let in, whichever way it has come.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private const string Me = "{ me { name } }";

    private RuledLibrary _library = null!;

    public async ValueTask InitializeAsync() =>
        _library = await RuledLibrary.OpenAsync(
            """{ "version": "1", "flow": [{ "id": "me", "operation": "me", "perSecond": 0.1, "burst": 1 }] }"""
        );

    [Theory]
    [InlineData("application/json", HttpStatusCode.OK)]
    [InlineData("application/graphql-response+json", HttpStatusCode.TooManyRequests)]
    public async Task A_request_is_told_by_which_rule_when_to_come_again_and_what_it_costs(
        string accept,
        HttpStatusCode status
    )
    {
        using var first = await _library.Host.QueryAsync(Me, accept);
        using var refused = await _library.Host.QueryAsync(Me, accept);
        using var other = await _library.Host.QueryAsync("{ __typename }", accept);

        Assert.Equal((HttpStatusCode.OK, status), (first.StatusCode, refused.StatusCode));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        var told = JsonSerializer.Deserialize<JsonElement>(await refused.Content.ReadAsStringAsync());
        Assert.False(told.TryGetProperty("data", out _));
        var wait = AssertThrottled(told.GetProperty("errors"));
        Assert.Equal(
            status == HttpStatusCode.OK ? null : TimeSpan.FromSeconds(Math.Ceiling(wait)),
            refused.Headers.RetryAfter?.Delta
        );
        Assert.False(refused.Headers.CacheControl?.Public ?? false);
    }

    [Fact]
    public async Task Those_who_are_refused_together_are_not_told_to_come_back_together()
    {
        Assert.Null(await _library.RefusedByAsync(Me));
        var waits = new HashSet<double>();

        for (var asked = 0; asked < 30; asked++)
        {
            using var refused = await _library.Host.QueryAsync(Me);
            var told = JsonSerializer.Deserialize<JsonElement>(await refused.Content.ReadAsStringAsync());
            waits.Add(AssertThrottled(told.GetProperty("errors")));
        }

        Assert.True(waits.Count > 3, string.Join(' ', waits));
    }

    [Fact]
    public async Task A_socket_hears_an_error_and_stays_open()
    {
        using var client = await SocketClient.OpenAsync(_library.Host);

        await client.SubscribeAsync("1", Me);
        Assert.Contains("\"next\"", await client.HearAsync(), StringComparison.Ordinal);
        Assert.Contains("\"complete\"", await client.HearAsync(), StringComparison.Ordinal);
        await client.SubscribeAsync("2", Me);
        var error = JsonSerializer.Deserialize<JsonElement>(await client.HearAsync());
        Assert.Equal("error 2", $"{error.GetProperty("type")} {error.GetProperty("id")}");
        AssertThrottled(error.GetProperty("payload"));
        await client.SubscribeAsync("3", "{ __typename }");
        Assert.Contains("\"next\"", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_stream_tells_it_and_ends()
    {
        using var first = await _library.Host.QueryAsync(Me, "text/event-stream");
        using var refused = await _library.Host.QueryAsync(Me, "text/event-stream");

        var events = await refused.Content.ReadAsStringAsync();
        Assert.StartsWith("event: next\ndata: {\"errors\":[", events, StringComparison.Ordinal);
        Assert.Contains("\"rule\":\"me\"", events, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_batch_each_operation_is_let_in_by_itself()
    {
        using var answer = await _library.Host.PostAsync(
            JsonSerializer.Serialize(Enumerable.Repeat(new { query = Me }, 2)),
            "application/graphql-response+json"
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var results = JsonSerializer.Deserialize<JsonElement[]>(await answer.Content.ReadAsStringAsync())!;
        Assert.True(results[0].TryGetProperty("data", out _));
        AssertThrottled(results[1].GetProperty("errors"));
    }

    public ValueTask DisposeAsync() => _library.DisposeAsync();

    // The rule gives one each ten seconds.
    private static double AssertThrottled(JsonElement errors)
    {
        var told = Assert.Single(errors.EnumerateArray()).GetProperty("extensions");
        Assert.Equal("THROTTLED", told.GetProperty("code").GetString());
        Assert.Equal("me", told.GetProperty("rule").GetString());
        Assert.Equal(11, told.GetProperty("cost").GetInt32());
        var wait = told.GetProperty("retryAfter").GetDouble();
        Assert.InRange(wait, 8, 12);
        return wait;
    }
}
