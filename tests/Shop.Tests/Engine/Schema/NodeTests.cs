using Shop.GraphQL.Engine.Schema;

namespace Shop.Tests.Engine.Schema;

public sealed class NodeTests(LibraryGraph graph) : IClassFixture<LibraryGraph>
{
    private readonly int _readsBefore = graph.Library.Reads.Count;

    private IEnumerable<string> Reads => graph.Library.Reads.Skip(_readsBefore);

    [Fact]
    public async Task An_id_that_was_given_out_finds_its_object_again()
    {
        var books = await graph.DataAsync("{ books(first: 1) { nodes { id } } }");
        var id = books.GetProperty("books").GetProperty("nodes")[0].GetProperty("id").GetString();

        var data = await graph.DataAsync(
            "query ($id: ID!) { node(id: $id) { __typename id ... on Book { title } } book(by: { id: $id }) { title } }",
            new { id }
        );

        Assert.Equal(
            $$$"""{"node":{"__typename":"Book","id":"{{{id}}}","title":"Volume 1"},"book":{"title":"Volume 1"}}""",
            data.GetRawText()
        );
    }

    [Fact]
    public async Task Several_come_in_the_order_of_their_ids_with_one_read()
    {
        string[] ids = [Id("Book", "3"), Id("Book", "99"), Id("Book", "1"), Id("Book", "3")];

        var data = await graph.DataAsync(
            "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Book { title } } }",
            new { ids }
        );

        Assert.Equal(
            """{"nodes":[{"title":"Volume 3"},null,{"title":"Volume 1"},{"title":"Volume 3"}]}""",
            data.GetRawText()
        );
        Assert.Equal(["books 3 99 1"], Reads);
    }

    [Fact]
    public async Task More_than_a_hundred_are_refused_before_anything_is_read()
    {
        var ids = Enumerable.Repeat(Id("Book", "1"), 101);

        var error = await graph.ErrorAsync("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids });

        Assert.Equal(
            ("VALIDATION_FAILED", true),
            (error.Code, error.Message.Contains("At most 100 items", StringComparison.Ordinal))
        );
        Assert.Empty(Reads);
    }

    [Theory]
    [InlineData("Order", "1", "book", "is not the id of a Book")]
    [InlineData("Book", "one", "book", "is not the id of a Book")]
    [InlineData("Shelf", "1", "node", "is not the id of anything that can be fetched by it")]
    public async Task An_id_of_another_kind_is_refused_by_name(
        string type,
        string key,
        string field,
        string message
    )
    {
        var id = Id(type, key);
        var query =
            field == "node"
                ? "query ($id: ID!) { node(id: $id) { id } }"
                : "query ($id: ID!) { book(by: { id: $id }) { id } }";

        var error = await graph.ErrorAsync(query, new { id });

        Assert.Equal("INVALID_ID", error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(Reads);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("Qm9vaw")]
    [InlineData("Qm9vazo")]
    [InlineData("not base64")]
    public async Task What_is_no_id_at_all_is_refused(string id)
    {
        var variable = await graph.ErrorAsync("query ($id: ID!) { node(id: $id) { id } }", new { id });
        var literal = await graph.ErrorAsync($$"""{ node(id: "{{id}}") { id } }""");
        var nested = await graph.ErrorAsync($$"""{ book(by: { id: "{{id}}" }) { id } }""");

        Assert.All(
            [variable, literal, nested],
            error =>
            {
                Assert.Equal("INVALID_ID", error.Code);
                Assert.Contains($"'{id}'", error.Message, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task A_secret_id_keeps_its_form()
    {
        var data = await graph.DataAsync(
            "query ($id: ID!) { echo(reader: $id) }",
            new { id = Id("Reader", "a:é1") }
        );

        Assert.Equal("||||||a:é1", data.GetProperty("echo").GetString());
        Assert.Equal(
            "INVALID_ID",
            (
                await graph.ErrorAsync(
                    "query ($id: ID!) { echo(reader: $id) }",
                    new { id = Id("Reader", "abc") }
                )
            ).Code
        );
    }

    private static string Id(string type, string key) => new GlobalId(type, key).ToString();
}
