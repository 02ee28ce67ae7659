namespace Shop.Tests.Transport.Http;

/// <summary>What is wrong with one operation ends that one; its WebSocket and all others on it go on.</summary>
public sealed class SocketFaultTests(LibraryHost host) : IClassFixture<LibraryHost>
{
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
        using var client = await SocketClient.OpenAsync(host);
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
        // Those of the test before are gone.
        await host.Library.ReadersAsync(0);
        using var client = await SocketClient.OpenAsync(host);
        await client.SubscribeAsync("other", "subscription { bookRenamed { title } }");
        await host.Library.ReadersAsync(1);
        await client.SendAsync($$"""{"id": "1", "type": "subscribe", "payload": {{payload}}}""");
        var error = await client.HearAsync();
        host.Library.Rename(1, "Still there");

        Assert.StartsWith("""{"id":"1","type":"error","payload":[""", error, StringComparison.Ordinal);
        Assert.Contains("BAD_REQUEST", error, StringComparison.Ordinal);
        Assert.Contains("Still there", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_fails_ends_its_stream_and_keeps_its_secret()
    {
        using var client = await SocketClient.OpenAsync(host);
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
        using var client = await SocketClient.OpenAsync(host);
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
}
