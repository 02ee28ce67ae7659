using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Engine.Schema;

namespace Shop.Tests.Engine.Federation;

/// <summary>What a router asks of any schema of ours.</summary>
public sealed class SubgraphTests(LibraryGraph graph) : IClassFixture<LibraryGraph>
{
    private const string Entities =
        "query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Book { title } } }";

    private readonly int _readsBefore = graph.Library.Reads.Count;

    private IEnumerable<string> Reads => graph.Library.Reads.Skip(_readsBefore);

    [Fact]
    public async Task References_are_found_in_their_order_with_one_read()
    {
        var data = await graph.DataAsync(
            Entities,
            new { of = new[] { Book(3), Book(99), Book(1), Book(3) } }
        );

        Assert.Equal(
            """{"_entities":[{"__typename":"Book","title":"Volume 3"},null,{"__typename":"Book","title":"Volume 1"},{"__typename":"Book","title":"Volume 3"}]}""",
            data.GetRawText()
        );
        Assert.Equal(["books 3 99 1"], Reads);
    }

    [Fact]
    public async Task A_reference_may_stand_in_the_document()
    {
        var data = await graph.DataAsync(
            $$"""{ _entities(representations: [{ __typename: "Book", id: "{{Id("Book", 1)}}" }]) { ... on Book { title } } }"""
        );

        Assert.Equal("""{"_entities":[{"title":"Volume 1"}]}""", data.GetRawText());
    }

    [Theory]
    [InlineData("Book", "id", "no id", "INVALID_ID", "'no id' is not the id of anything")]
    [InlineData("Book", "id", "Shelf:1", "INVALID_ID", "is not the id of a Book")]
    [InlineData("Book", "isbn", "1", "VALIDATION_FAILED", "A reference to 'Book' needs id.")]
    [InlineData(
        "Shelf",
        "id",
        "Shelf:1",
        "VALIDATION_FAILED",
        "Nothing of type 'Shelf' can be referred to here."
    )]
    [InlineData(
        "Node",
        "id",
        "Book:1",
        "VALIDATION_FAILED",
        "Nothing of type 'Node' can be referred to here."
    )]
    [InlineData("Book", "id", "~257", "VALIDATION_FAILED", "A reference to 'Book' needs id.")]
    public async Task A_reference_that_leads_nowhere_is_told_at_its_place_and_harms_no_other(
        string type,
        string field,
        string value,
        string code,
        string message
    )
    {
        var text = value.Split(':') switch
        {
            [var kind, var key] => new GlobalId(kind, key).ToString(),
            _ => value.StartsWith('~') ? new string('A', int.Parse(value[1..], null)) : value,
        };
        var answer = await graph.RunAsync(
            Entities,
            new
            {
                of = new[]
                {
                    Book(1),
                    new() { ["__typename"] = type, [field] = text },
                    Book(2),
                },
            }
        );

        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal(code, error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("""["_entities",1]""", error.GetProperty("path").GetRawText());
        Assert.Equal(
            """{"_entities":[{"__typename":"Book","title":"Volume 1"},null,{"__typename":"Book","title":"Volume 2"}]}""",
            answer.GetProperty("data").GetRawText()
        );
    }

    [Fact]
    public async Task What_is_no_reference_at_all_is_refused_before_anything_is_read()
    {
        object?[] nonsense =
        [
            "Book",
            7,
            null,
            new[] { Book(1) },
            new { id = Id("Book", 1) },
            new { __typename = 7, id = Id("Book", 1) },
        ];
        foreach (var reference in nonsense)
        {
            var error = await graph.ErrorAsync(Entities, new { of = new[] { Book(1), reference } });

            Assert.Equal("VALIDATION_FAILED", error.Code);
            Assert.Contains("'$of[1]'", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Reads);
    }

    [Fact]
    public async Task More_references_than_allowed_are_refused_in_a_known_document_too()
    {
        await graph.DataAsync(Entities, new { of = Enumerable.Repeat(Book(1), 500) });

        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(
                ("LIMIT_EXCEEDED", "One `_entities` may have 500 representations; it has 501."),
                await graph.ErrorAsync(Entities, new { of = Enumerable.Repeat(Book(1), 501) })
            );
        }

        Assert.Equal(["books 1"], Reads);
    }

    [Fact]
    public async Task The_text_for_composers_says_the_keys_and_leaves_out_what_federation_adds()
    {
        var sdl = (await graph.DataAsync("{ _service { sdl } }"))
            .GetProperty("_service")
            .GetProperty("sdl")
            .GetString()!;

        Assert.Equal(SchemaText.OfSubgraph(new LibraryModule()), sdl);
        Assert.StartsWith(
            "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\"",
            sdl,
            StringComparison.Ordinal
        );
        Assert.Contains("\ntype Book implements Node @key(fields: \"id\") {", sdl, StringComparison.Ordinal);
        Assert.Contains("\ntype Money @shareable {", sdl, StringComparison.Ordinal);
        Assert.DoesNotContain("_entities", sdl, StringComparison.Ordinal);
        Assert.DoesNotContain("_Any", sdl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_without_a_key_has_nothing_to_be_referred_to()
    {
        await using var lamp = new LibraryGraph(new LampModule());

        var data = await lamp.DataAsync("{ __type(name: \"Query\") { fields { name } } }");

        Assert.Equal("""{"__type":{"fields":[{"name":"isOn"},{"name":"_service"}]}}""", data.GetRawText());
    }

    [Fact]
    public async Task A_shop_that_stands_behind_no_gateway_can_leave_it_out()
    {
        await using var alone = new LibraryGraph(
            new LibraryModule(),
            ("GraphQL:Federation:Enabled", "false")
        );

        foreach (var field in new[] { "_service { sdl }", "_entities(representations: []) { __typename }" })
        {
            var error = await alone.ErrorAsync($"{{ {field} }}");

            Assert.Equal("VALIDATION_FAILED", error.Code);
            Assert.Contains("Cannot query field '_", error.Message, StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, string> Book(int number) =>
        new() { ["__typename"] = "Book", ["id"] = Id("Book", number) };

    private static string Id(string type, int key) => new GlobalId(type, $"{key}").ToString();
}
