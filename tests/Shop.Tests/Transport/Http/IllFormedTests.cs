using System.Net;
using System.Text;
using System.Text.Json;
using GraphQL;
using Shop.GraphQL.Engine.Paging;

namespace Shop.Tests.Transport.Http;

/// <summary>Texts that are none, wherever HTTP reads one.</summary>
public sealed class IllFormedTests(LibraryHost host) : IClassFixture<LibraryHost>
{
    private const string GraphResponse = "application/graphql-response+json";

    [Theory]
    [InlineData("""{"query": "{ book(by: {title: \"a""", "\\\"}) { title } }\"}")]
    [InlineData("""{"query": "{ __typename }", "variables": {"a": "a""", "\"}}")]
    [InlineData("""{"query": "{ __typename }", "variables": {"a""", "\": 1}}")]
    [InlineData("""{"query": "{ __typename }", "variables": {"a": [{"b": "a""", "\"}]}}")]
    [InlineData("""{"query": "{ __typename }", "operationName": "a""", "\"}")]
    [InlineData("""{"query": "{ __typename }", "extensions": {"a": "a""", "\"}}")]
    [InlineData("""{"query": "{ __typename }", "documentId": "a""", "\"}")]
    [InlineData("""[{"query": "{ __typename }", "variables": {"a": "a""", "\"}}]")]
    public async Task What_is_no_text_is_a_bad_request(string before, string after)
    {
        foreach (
            var half in (byte[][])
                ["\\ud83d"u8.ToArray(), "\\ude00\\ud83d"u8.ToArray(), [0xff], [0xed, 0xa0, 0xbd]]
        )
        {
            await RefusedAsync([
                .. Encoding.UTF8.GetBytes(before),
                .. half,
                .. Encoding.UTF8.GetBytes(after),
            ]);
        }
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("123456789e399")]
    public async Task So_is_a_number_that_no_computer_has(string number) =>
        await RefusedAsync(
            Encoding.UTF8.GetBytes($$$"""{"query": "{ __typename }", "variables": {"a": {{{number}}}}}""")
        );

    [Theory]
    [InlineData("variables=%7B%22a%22%3A%22%5Cud83d%22%7D")]
    [InlineData("extensions=%7B%22a%22%3A%22%5Cud83d%22%7D")]
    [InlineData("variables=%7B%22a%22%3A1e400%7D")]
    public async Task The_same_in_an_address(string parameter)
    {
        using var answer = await host.GetAsync($"query=%7B__typename%7D&{parameter}", GraphResponse);

        Assert.Equal("BAD_REQUEST", await CodeAsync(answer));
    }

    [Theory]
    [InlineData("{ book(by: {title: \"a\\ud83d\"}) { title } }", "SYNTAX_ERROR")]
    [InlineData("query($a: String = \"\\ude00\") { book(by: {title: $a}) { title } }", "SYNTAX_ERROR")]
    [InlineData("{ book(by: {title: \"a\\u0000\"}) { title } }", "VALIDATION_FAILED")]
    [InlineData("query($a: String = \"\\u0000\") { book(by: {title: $a}) { title } }", "VALIDATION_FAILED")]
    [InlineData("{ node(id: \"Qm9vazoA\") { id } }", "INVALID_ID")]
    [InlineData("{ a(b:\r\r c\r", "SYNTAX_ERROR")]
    [InlineData("\r\r}\r", "SYNTAX_ERROR")]
    public async Task A_document_is_told_what_is_wrong_with_it(string query, string code)
    {
        using var answer = await host.QueryAsync(query, GraphResponse);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, await CodeAsync(answer));
    }

    [Fact]
    public void A_cursor_that_hides_U_0000_is_no_cursor() =>
        Assert.Equal(
            "INVALID_CURSOR",
            Assert.Throws<ExecutionError>(() => Cursor.Read(Cursor.Of("a\0b", "1"), count: 2)).Code
        );

    [Theory]
    [InlineData("""{"a": "a\u0000b"}""")]
    [InlineData("""{"a": "a", "other": [{"b\u0000": 1}]}""")]
    [InlineData("""{"a": "a", "b\u0000": 1}""")]
    public async Task U_0000_in_variables_is_told_with_its_variable(string variables)
    {
        using var answer = await host.PostAsync(
            $$"""{"query": "query($a: String) { book(by: {title: $a}) { title } }", "variables": {{variables}}}""",
            GraphResponse
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("VALIDATION_FAILED", await CodeAsync(answer));
    }

    [Theory]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\ud83d\ude00 \u2028 \ufeff e\u0301")]
    [InlineData("\\u007f \\uffff")]
    public async Task All_other_texts_are_taken(string title)
    {
        using var answer = await host.QueryAsync($"{{ book(by: {{title: \"{title}\"}}) {{ title }} }}");

        Assert.Contains(
            "\"data\":{\"book\":",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public async Task A_line_ends_with_any_of_them(string end)
    {
        using var answer = await host.QueryAsync($"{{{end}  # all{end}  __typename{end}}}{end}");
        using var wrong = await host.QueryAsync($"{{{end}  __typename{end}  nothing }}");

        Assert.Contains(
            "\"__typename\":\"Query\"",
            await answer.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "{\"line\":3,\"column\":3}",
            await wrong.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    private async Task RefusedAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var answer = await host.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, host.Address) { Content = content },
            GraphResponse
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("BAD_REQUEST", await CodeAsync(answer));
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json
            .RootElement.GetProperty("errors")[0]
            .GetProperty("extensions")
            .GetProperty("code")
            .GetString();
    }
}
