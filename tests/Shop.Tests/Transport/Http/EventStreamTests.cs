using System.Net;

namespace Shop.Tests.Transport.Http;

public sealed class EventStreamTests : IAsyncLifetime
{
    private const string EventStream = "text/event-stream";
    private readonly LibraryHost _host = new();

    [Fact]
    public async Task Events_come_one_by_one_and_end_with_complete()
    {
        using var answer = await _host.QueryAsync("subscription { count(to: 2) }", EventStream);

        Assert.Equal("text/event-stream; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            """
            :

            event: next
            data: {"data":{"count":1}}

            event: next
            data: {"data":{"count":2}}

            event: complete
            data:


            """,
            await answer.Content.ReadAsStringAsync()
        );
    }

    [Theory]
    [InlineData(
        "{ __typename }",
        """{"data":{"__typename":"Query"},"extensions":{"cost":{"requested":0,"limit":5000}}}"""
    )]
    [InlineData("{ nothing }", "VALIDATION_FAILED")]
    [InlineData("subscription { count(to: 1) @include(if: false) }", "VALIDATION_FAILED")]
    [InlineData("subscription { breaks }", "INTERNAL")]
    public async Task A_query_and_a_mistake_are_a_single_event(string query, string expected)
    {
        using var answer = await _host.QueryAsync(query, EventStream);
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(expected, body, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_fails_ends_the_stream_and_keeps_its_secret()
    {
        using var answer = await _host.QueryAsync("subscription { fails }", EventStream);
        var body = await answer.Content.ReadAsStringAsync();

        Assert.StartsWith(
            ":\n\nevent: next\ndata: {\"data\":{\"fails\":1}}\n\nevent: next\ndata: {\"errors\":[",
            body,
            StringComparison.Ordinal
        );
        Assert.Contains("INTERNAL", body, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", body, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_stream_says_that_it_lives_until_the_host_ends()
    {
        using var answer = await _host.QueryAsync("subscription { bookRenamed { title } }", EventStream);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(":", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());
        var line = reader.ReadLineAsync();
        while (!line.IsCompleted)
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(":", await line);
        await _host.Library.ReadersAsync(1);
        _host.Library.Rename(_host.Library.Books[new(1)] with { Title = "New" });
        Assert.Contains(
            """data: {"data":{"bookRenamed":{"title":"New"}}}""",
            await LinesUntilAsync(reader, "data:")
        );

        await _host.StopAsync();

        // No `complete`: the client shall ask again.
        Assert.DoesNotContain("event: complete", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        await _host.Library.ReadersAsync(0);
    }

    [Fact]
    public async Task Who_reads_too_slowly_is_told_so_as_the_last_event()
    {
        using var answer = await _host.QueryAsync("subscription { bookRenamed { title } }", EventStream);
        await _host.Library.ReadersAsync(1);
        // Far more than the sockets of both sides take in, so that more wait than may.
        for (var number = 1; number <= 30; number++)
        {
            _host.Library.Rename(
                _host.Library.Books[new(number)] with
                {
                    Title = new string('x', 1024 * 1024),
                }
            );
        }

        var body = await answer.Content.ReadAsStringAsync();

        Assert.Contains("SLOW_CONSUMER", body[^300..], StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", body, StringComparison.Ordinal);
        await _host.Library.ReadersAsync(0);
    }

    [Fact]
    public async Task Who_reads_nothing_at_all_is_cut_off()
    {
        using var answer = await _host.QueryAsync("subscription { bookRenamed { title } }", EventStream);
        await _host.Library.ReadersAsync(1);
        while (_host.Library.Readers > 0)
        {
            _host.Library.Rename(_host.Library.Books[new(1)] with { Title = new string('x', 1024 * 1024) });
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_client_that_leaves_is_unsubscribed()
    {
        var answer = await _host.QueryAsync("subscription { bookRenamed { title } }", EventStream);
        await _host.Library.ReadersAsync(1);

        answer.Dispose();

        await _host.Library.ReadersAsync(0);
    }

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task<List<string>> LinesUntilAsync(StreamReader reader, string start)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                break;
            }
        }

        return lines;
    }
}
