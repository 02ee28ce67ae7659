using System.Net;
using System.Text.Json;
using Shop.GraphQL.Engine.Documents;

namespace Shop.Tests.Transport.Http;

/// <summary>Documents that a client names by their hash, and what it may keep of the answers.</summary>
public sealed class DocumentsOverHttpTests : IAsyncLifetime
{
    private static readonly TrustedDocument _title = TrustedDocument.Parse(
        "query TitleQuery($title: String!) { book(by: { title: $title }) { title } }"
    );

    private static readonly TrustedDocument _me = TrustedDocument.Parse("query MeQuery { me { name } }");

    private static readonly TrustedDocument _rename = TrustedDocument.Parse(
        "mutation RenameMutation($input: BookRenameInput!) { bookRename(input: $input) { book { title } } }"
    );

    private static readonly TrustedDocument _count = TrustedDocument.Parse(
        "subscription CountSubscription { count(to: 1) }"
    );

    private readonly LibraryHost _host = HostOf(trustedOnly: false);
    private readonly LibraryHost _closed = HostOf(trustedOnly: true);

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await _closed.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _closed.DisposeAsync();
    }

    [Fact]
    public async Task A_registered_document_is_run_by_its_hash_however_it_is_named()
    {
        foreach (var host in new[] { _host, _closed })
        {
            foreach (var name in new[] { ById(_title), $"documentId={_title.Id}", ByApollo(_title) })
            {
                using var answer = await host.GetAsync($"{name}&{Titled("Volume 2")}");
                Assert.Equal("Volume 2", await TitleAsync(answer));
            }

            foreach (
                var name in new object[]
                {
                    new { documentId = $"sha256:{_title.Id}", variables = new { title = "Volume 3" } },
                    new
                    {
                        extensions = new { persistedQuery = new { version = 1, sha256Hash = _title.Id } },
                        variables = new { title = "Volume 3" },
                    },
                    new { query = _title.Text, variables = new { title = "Volume 3" } },
                    new
                    {
                        query = _title.Text,
                        documentId = _title.Id,
                        operationName = _title.Name,
                        variables = new { title = "Volume 3" },
                    },
                }
            )
            {
                using var answer = await host.PostAsync(JsonSerializer.Serialize(name));
                Assert.Equal("Volume 3", await TitleAsync(answer));
            }
        }
    }

    [Fact]
    public async Task An_answer_that_is_the_same_for_everybody_may_be_kept_and_is_told_by_its_tag()
    {
        using var first = await _host.GetAsync($"{ById(_title)}&{Titled("Volume 1")}");

        Assert.Equal("public, max-age=10", first.Headers.CacheControl!.ToString());
        Assert.Equal(["Accept", "Origin", "Authorization", "Shop-Currency"], first.Headers.Vary);
        var tag = first.Headers.ETag!;

        using var again = await GetAsync($"{ById(_title)}&{Titled("Volume 1")}", $"\"other\", {tag}");
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal((tag, "public, max-age=10"), (again.Headers.ETag, $"{again.Headers.CacheControl}"));
        Assert.Equal("", await again.Content.ReadAsStringAsync());

        using var other = await GetAsync($"{ById(_title)}&{Titled("Volume 2")}", $"{tag}");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.NotEqual(tag, other.Headers.ETag);
    }

    [Fact]
    public async Task An_answer_that_is_meant_for_one_is_nobodys_to_keep()
    {
        foreach (
            var parameters in new[]
            {
                ById(_me),
                // A fault.
                $"{ById(_title)}&variables={{}}",
                "documentId=sha256:0",
                // Not even asked for properly.
                "query=",
                "query={nothing}",
                "query={__schema{queryType{name}}}",
            }
        )
        {
            using var answer = await GetAsync(parameters, "*");

            Assert.NotEqual(HttpStatusCode.NotModified, answer.StatusCode);
            Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
            Assert.Null(answer.Headers.ETag);
        }
    }

    [Fact]
    public async Task A_post_says_nothing_of_keeping()
    {
        using var answer = await _host.QueryAsync("{ book(by: { title: \"Volume 1\" }) { title } }");

        Assert.Null(answer.Headers.CacheControl);
        Assert.Null(answer.Headers.ETag);
    }

    [Fact]
    public async Task A_mutation_is_not_run_by_a_get_for_being_registered()
    {
        using var answer = await _closed.GetAsync(ById(_rename));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"documentId": "sha256:00"}""", "DOCUMENT_NOT_FOUND")]
    [InlineData("""{"documentId": "~", "query": "{ __typename }"}""", "BAD_REQUEST")]
    [InlineData("""{"documentId": 7}""", "BAD_REQUEST")]
    [InlineData("""{"extensions": {"persistedQuery": {"version": 2, "sha256Hash": "~"}}}""", "BAD_REQUEST")]
    [InlineData("""{"extensions": {"persistedQuery": {"version": 1}}}""", "BAD_REQUEST")]
    [InlineData("""{"extensions": {"persistedQuery": "~"}}""", "BAD_REQUEST")]
    [InlineData("""{"extensions": {"persistedQuery": null}}""", "BAD_REQUEST")]
    public async Task A_name_that_nobody_has_given_is_told_so(string request, string code)
    {
        using var answer = await _host.PostAsync(request.Replace("~", _title.Id, StringComparison.Ordinal));

        Assert.Equal(code, await CodeAsync(answer));
    }

    [Theory]
    [InlineData("""{"query": "{ __typename }"}""")]
    [InlineData(
        """{"query": "query TitleQuery($title: String!) { book(by: { title: $title }) { title }  }"}"""
    )]
    [InlineData("""{"documentId": "sha256:00"}""")]
    [InlineData("""{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "00"}}}""")]
    [InlineData(
        """{"query": "{ __typename }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b"}}}"""
    )]
    public async Task A_shop_may_refuse_all_other_documents_however_they_come(string request)
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var post = await _closed.PostAsync(request);
            using var events = await _closed.PostAsync(request, "text/event-stream");
            using var batch = await _closed.PostAsync($"[{request}]");
            using var client = await SocketClient.OpenAsync(_closed);
            await client.SendAsync($$"""{"id": "1", "type": "subscribe", "payload": {{request}}}""");

            Assert.Equal("DOCUMENT_NOT_TRUSTED", await CodeAsync(post));
            Assert.Contains(
                "NOT_TRUSTED",
                await events.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
            Assert.Contains("NOT_TRUSTED", await batch.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Contains("NOT_TRUSTED", await client.HearAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_registered_subscription_is_run_by_its_hash_over_both_transports()
    {
        var request = $$"""{"documentId": "sha256:{{_count.Id}}"}""";
        using var events = await _closed.PostAsync(request, "text/event-stream");
        using var client = await SocketClient.OpenAsync(_closed);
        await client.SendAsync($$"""{"id": "1", "type": "subscribe", "payload": {{request}}}""");

        const string Event = """{"data":{"count":1}}""";
        Assert.Contains(Event, await events.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(Event, await client.HearAsync(), StringComparison.Ordinal);
    }

    private static LibraryHost HostOf(bool trustedOnly) =>
        new(builder =>
        {
            builder.Configuration["GraphQL:Documents:TrustedOnly"] = $"{trustedOnly}";
            builder.Services.AddTrustedDocuments([_title, _me, _rename, _count]);
        });

    private Task<HttpResponseMessage> GetAsync(string parameters, string ifNoneMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{_host.Address}?{parameters}"));
        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return _host.SendAsync(request);
    }

    private static string ById(TrustedDocument document) => $"documentId=sha256:{document.Id}";

    private static string ByApollo(TrustedDocument document) =>
        "extensions="
        + Uri.EscapeDataString($$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{document.Id}}}"}}""");

    private static string Titled(string title) =>
        "variables=" + Uri.EscapeDataString(JsonSerializer.Serialize(new { title }));

    private static async Task<string?> TitleAsync(HttpResponseMessage answer)
    {
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.False(body.TryGetProperty("errors", out var errors), errors.ToString());
        return body.GetProperty("data").GetProperty("book").GetProperty("title").GetString();
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        JsonDocument
            .Parse(await answer.Content.ReadAsStringAsync())
            .RootElement.GetProperty("errors")[0]
            .GetProperty("extensions")
            .GetProperty("code")
            .GetString();
}
