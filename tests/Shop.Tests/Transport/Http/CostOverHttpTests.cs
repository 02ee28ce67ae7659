using System.Net;
using System.Text.Json;

namespace Shop.Tests.Transport.Http;

/// <summary>No way of sending an operation leads around what it may cost.</summary>
public sealed class CostOverHttpTests(LibraryHost host) : IClassFixture<LibraryHost>
{
    // 10 + 1 + 100 × (1 + 19)
    private const string Costs2011 =
        "{ books(first: 100) { nodes { a: sequel { id } b: sequel { id } c: sequel { id } d: sequel { id } e: sequel { id } f: sequel { id } g: sequel { id } h: sequel { id } i: sequel { id } j: sequel { id } k: sequel { id } l: sequel { id } m: sequel { id } n: sequel { id } o: sequel { id } p: sequel { id } q: sequel { id } r: sequel { id } s: sequel { id } } } }";

    // 10 + 1 + 100 × (1 + 100)
    private const string Costs10111 = "subscription { bookRenamed { others { others { id } } } }";

    [Fact]
    public async Task The_operations_of_a_batch_share_what_a_request_may_cost()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var answer = await host.PostAsync(
                JsonSerializer.Serialize(Enumerable.Repeat(new { query = Costs2011 }, 3))
            );

            var results = JsonSerializer.Deserialize<JsonElement[]>(
                await answer.Content.ReadAsStringAsync()
            )!;
            Assert.False(results[1].TryGetProperty("errors", out var _));
            Assert.Equal(
                "A request may cost 5000; this one costs 6033.",
                results[2].GetProperty("errors")[0].GetProperty("message").GetString()
            );
            Assert.Equal(
                """{"requested":2011,"limit":5000}""",
                results[2].GetProperty("extensions").GetProperty("cost").ToString()
            );
        }
    }

    [Fact]
    public async Task A_get_may_cost_no_more_than_a_post()
    {
        using var answer = await host.GetAsync(
            "query=" + Uri.EscapeDataString("{ books { nodes { others { others { others { id } } } } } }"),
            "application/graphql-response+json"
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("COST_EXCEEDED", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_over_an_event_stream_is_refused()
    {
        using var answer = await host.QueryAsync(Costs10111, "text/event-stream");

        Assert.Contains("COST_EXCEEDED", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, host.Library.Readers);
    }

    [Fact]
    public async Task A_subscription_over_a_socket_is_refused_and_the_line_stays()
    {
        using var client = await SocketClient.OpenAsync(host);
        foreach (var id in new[] { "1", "2" })
        {
            await client.SubscribeAsync(id, Costs10111);
            var answer = await client.HearAsync();

            Assert.StartsWith(
                $$"""{"id":"{{id}}","type":"error","payload":""",
                answer,
                StringComparison.Ordinal
            );
            Assert.Contains("this one costs 10111", answer, StringComparison.Ordinal);
        }

        Assert.Equal(0, host.Library.Readers);
    }
}
