using System.Net;
using System.Text.Json;

namespace Shop.Tests.Transport.Http;

public sealed class GraphOverHttpTests(LibraryHost host) : IClassFixture<LibraryHost>
{
    private const string GraphResponse = "application/graphql-response+json";
    private const string Rename =
        """mutation { bookRename(input: { id: "Qm9vazo1", title: "Volume 5" }) { book { title } } }""";

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json; charset=utf-8", "application/json")]
    [InlineData("application/graphql-response+json", "application/graphql-response+json")]
    [InlineData(
        "application/graphql-response+json, application/json;q=0.9",
        "application/graphql-response+json"
    )]
    [InlineData("application/graphql-response+json;q=0.1, application/json", "application/json")]
    [InlineData("text/html, application/*;q=0.8", "application/json")]
    public async Task The_answer_comes_in_the_form_that_was_asked_for(string? accept, string expected)
    {
        using var answer = await host.QueryAsync("""{ book(by: { title: "Volume 1" }) { title } }""", accept);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"{expected}; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            """{"data":{"book":{"title":"Volume 1"}},"extensions":{"cost":{"requested":11,"limit":5000}}}""",
            await answer.Content.ReadAsStringAsync()
        );
    }

    [Theory]
    [InlineData("application/graphql-response+json")]
    [InlineData("text/event-stream")]
    public async Task An_answer_has_a_size(string accept)
    {
        await using var small = new LibraryHost(builder =>
            builder.Configuration["GraphQL:Transport:MaxAnswerBytes"] = "65536"
        );
        await small.InitializeAsync();
        var query = $"{{ books(first: 30) {{ nodes {{ {new string('a', 3_000)}: title isNewest }} }} }}";

        using var answer = await small.QueryAsync(query, accept);
        var body = await answer.Content.ReadAsStringAsync();
        using var batch = await small.PostAsync($"[{JsonSerializer.Serialize(new { query })}]");
        using var client = await SocketClient.OpenAsync(small);
        await client.SubscribeAsync("1", query);

        Assert.True(body.Length < 1_000);
        Assert.Contains("ANSWER_BYTES", body, StringComparison.Ordinal);
        Assert.Contains("ANSWER_BYTES", await batch.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("ANSWER_BYTES", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/json;q=0")]
    public async Task A_form_that_we_do_not_have_is_not_acceptable(string accept)
    {
        using var answer = await host.QueryAsync("{ __typename }", accept);

        Assert.Equal(HttpStatusCode.NotAcceptable, answer.StatusCode);
    }

    [Theory]
    [InlineData("{ __typename }", 200, 200)]
    [InlineData("{", 200, 400)]
    [InlineData("{ nothing }", 200, 400)]
    [InlineData("query A { __typename } query B { __typename }", 200, 400)]
    [InlineData("{ books(first: 101) { nodes { id } } }", 200, 400)]
    [InlineData("{ broken }", 200, 200)]
    [InlineData("subscription { count(to: 1) }", 400, 400)]
    public async Task The_status_tells_whether_it_ran_where_the_form_allows_it(
        string query,
        int json,
        int graphResponse
    )
    {
        using var plain = await host.QueryAsync(query);
        using var precise = await host.QueryAsync(query, GraphResponse);

        Assert.Equal((json, graphResponse), ((int)plain.StatusCode, (int)precise.StatusCode));
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("{", 400)]
    [InlineData("7", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("[7]", 400)]
    [InlineData("{} {}", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"query": ""}""", 400)]
    [InlineData("""{"query": 7}""", 400)]
    [InlineData("""{"query": "{ __typename }", "operationName": {}}""", 400)]
    [InlineData("""{"query": "{ __typename }", "variables": "x"}""", 400)]
    [InlineData("""{"query": "{ __typename }", "variables": [7]}""", 400)]
    [InlineData("""{"query": "{ __typename }", "extensions": 7}""", 400)]
    [InlineData(
        """{"query": "{ __typename }", "operationName": null, "variables": null, "extensions": null, "more": [{}]}""",
        200
    )]
    [InlineData(
        """{"query": "{ __typename }", "variables": {"a": [1, 1.5, 5000000000, true, null, {"b": "c"}]}}""",
        200
    )]
    public async Task A_body_that_is_no_request_is_refused_in_words(string body, int status)
    {
        using var answer = await host.PostAsync(body);

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 400)
        {
            Assert.Equal("BAD_REQUEST", (await ErrorAsync(answer)).Code);
        }
    }

    [Theory]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("Application/JSON;charset=Utf-8")]
    public async Task A_charset_may_stand_in_quotes_and_in_any_case(string type)
    {
        using var answer = await host.PostAsync("""{"query": "{ __typename }"}""", type: type);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task A_body_that_another_site_could_send_is_not_taken(string type)
    {
        using var answer = await host.PostAsync("""{"query": "{ __typename }"}""", type: type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_not_taken()
    {
        using var answer = await host.QueryAsync("{ __typename }" + new string(' ', 4096));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_get_takes_its_request_from_the_address()
    {
        var variables = Uri.EscapeDataString("""{"title": "Volume 3"}""");
        var query = Uri.EscapeDataString(
            "query A($title: String!) { book(by: { title: $title }) { title } } query B { x }"
        );
        using var bad = await host.GetAsync($"query={query}&operationName=A&variables=[]");
        using var invalid = await host.GetAsync(
            $"query={query}&operationName=A&variables={variables}",
            GraphResponse
        );
        using var good = await host.GetAsync(
            $"query={query.Replace("x", "__typename", StringComparison.Ordinal)}&operationName=B&variables={variables}"
        );

        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, invalid.StatusCode);
        Assert.Equal(
            """{"data":{"__typename":"Query"},"extensions":{"cost":{"requested":0,"limit":5000}}}""",
            await good.Content.ReadAsStringAsync()
        );
    }

    [Fact]
    public async Task A_get_changes_nothing()
    {
        using var answer = await host.GetAsync("query=" + Uri.EscapeDataString(Rename));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
        Assert.Equal(("OPERATION_NOT_ALLOWED", "A mutation needs a POST."), await ErrorAsync(answer));
    }

    [Fact]
    public async Task Other_methods_are_not_allowed()
    {
        using var answer = await host.SendAsync(new HttpRequestMessage(HttpMethod.Put, host.Address));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "POST"], answer.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task A_batch_is_answered_in_its_order_each_operation_by_itself()
    {
        using var answer = await host.PostAsync(
            $$"""[{"query": "{ nothing }"}, {"query": {{JsonSerializer.Serialize(Rename)}} }, {"query": "{ __typename }"}]"""
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var results = JsonSerializer.Deserialize<JsonElement[]>(await answer.Content.ReadAsStringAsync())!;
        Assert.True(results[0].TryGetProperty("errors", out _));
        Assert.Equal(
            """{"data":{"bookRename":{"book":{"title":"Volume 5"}}},"extensions":{"cost":{"requested":52,"limit":5000}}}""",
            results[1].GetRawText()
        );
        Assert.Equal(
            """{"data":{"__typename":"Query"},"extensions":{"cost":{"requested":0,"limit":5000}}}""",
            results[2].GetRawText()
        );
    }

    [Fact]
    public async Task Operations_of_a_batch_share_nothing()
    {
        const string IsNewest = """{ book(by: { id: "Qm9vazo1" }) { isNewest } }""";
        using var answer = await host.PostAsync(
            JsonSerializer.Serialize(
                new[]
                {
                    new { query = Rename.Replace("title }", "isNewest }", StringComparison.Ordinal) },
                    new { query = IsNewest },
                }
            )
        );

        // What a mutation reads comes from the primary; of its scope the query after it knows nothing.
        var results = JsonSerializer.Deserialize<JsonElement[]>(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(
            ["""{"bookRename":{"book":{"isNewest":true}}}""", """{"book":{"isNewest":false}}"""],
            results.Select(result => result.GetProperty("data").GetRawText())
        );
    }

    [Fact]
    public async Task A_batch_may_have_only_so_many_operations()
    {
        var batch = string.Join(',', Enumerable.Repeat("""{"query": "{ __typename }"}""", 11));
        using var answer = await host.PostAsync($"[{batch}]");

        Assert.Equal(("BAD_REQUEST", "A batch may have 10 operations; it has 11."), await ErrorAsync(answer));
    }

    [Fact]
    public async Task A_fault_of_ours_is_masked_and_found_in_the_log_by_its_trace()
    {
        using var answer = await host.QueryAsync("""{ broken book(by: { title: "Volume 1" }) { title } }""");
        var body = await answer.Content.ReadAsStringAsync();
        var error = JsonSerializer.Deserialize<JsonElement>(body).GetProperty("errors")[0];
        var traceId = error.GetProperty("extensions").GetProperty("traceId").GetString()!;

        Assert.Equal("INTERNAL", error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("""["broken"]""", error.GetProperty("path").GetRawText());
        Assert.Contains("""{"broken":null,"book":{"title":"Volume 1"}}""", body, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", body, StringComparison.Ordinal);
        Assert.Equal(32, traceId.Length);
        Assert.Contains(
            host.Log.Lines,
            line =>
                line.Contains(traceId, StringComparison.Ordinal)
                && line.Contains("swordfish", StringComparison.Ordinal)
        );
    }

    private static async Task<(string Code, string Message)> ErrorAsync(HttpResponseMessage answer)
    {
        var error = JsonSerializer
            .Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync())
            .GetProperty("errors")[0];
        return (
            error.GetProperty("extensions").GetProperty("code").GetString()!,
            error.GetProperty("message").GetString()!
        );
    }
}
