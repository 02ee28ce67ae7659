using Shop.GraphQL.Engine.Schema;

namespace Shop.Tests.Engine.Schema;

public sealed class LoaderTests : IAsyncDisposable
{
    private readonly LibraryGraph _graph = new();

    [Fact]
    public async Task A_page_reads_each_kind_of_thing_once_and_a_large_batch_in_parts()
    {
        await _graph.DataAsync(
            "{ books(first: 15) { nodes { shelf { copies } sequel { sequel { title } } } } }"
        );

        Assert.Equal(
            [
                "shelves 10",
                "books 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
                "shelves 5",
                // Of the sequels' sequels, all but one are known by now.
                "books 17",
            ],
            _graph.Library.Reads
        );
    }

    [Fact]
    public async Task What_is_missing_is_null_and_read_only_once()
    {
        var data = await _graph.DataAsync(
            $$"""{ a: node(id: "{{Id(30)}}") { ... on Book { sequel { id } } } b: node(id: "{{Id(31)}}") { id } }"""
        );

        Assert.Equal("""{"a":{"sequel":null},"b":null}""", data.GetRawText());
        Assert.Equal(["books 30 31"], _graph.Library.Reads);
    }

    [Fact]
    public async Task One_that_cannot_be_read_fails_alone_wherever_it_is_asked_for()
    {
        _graph.Library.Unreadable.Add(new(2));

        var answer = await _graph.RunAsync(
            $$"""
            {
              a: book(by: { id: "{{Id(1)}}" }) { title }
              b: book(by: { id: "{{Id(2)}}" }) { title }
              c: book(by: { id: "{{Id(3)}}" }) { title }
            }
            """
        );

        Assert.Equal(
            """{"a":{"title":"Volume 1"},"b":null,"c":{"title":"Volume 3"}}""",
            answer.GetProperty("data").GetRawText()
        );
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal("b", error.GetProperty("path")[0].GetString());
        Assert.Equal(["books 1 2 3"], _graph.Library.Reads);
    }

    [Fact]
    public async Task A_mutation_shows_what_it_wrote_and_not_what_was_read_before()
    {
        var data = await _graph.DataAsync(
            $$"""
            mutation {
              a: bookRename(input: { id: "{{Id(1)}}", title: "A" }) { book { title } }
              b: bookRename(input: { id: "{{Id(2)}}", title: "B" }) { book { title sequel { title } } }
              c: bookRename(input: { id: "{{Id(1)}}", title: "C" }) { book { title sequel { title } } }
            }
            """
        );

        Assert.Equal(
            """{"a":{"book":{"title":"A"}},"b":{"book":{"title":"B","sequel":{"title":"Volume 3"}}},"c":{"book":{"title":"C","sequel":{"title":"B"}}}}""",
            data.GetRawText()
        );
        Assert.Equal(["books 1", "books 2", "books 3", "books 1", "books 2"], _graph.Library.Reads);
    }

    [Fact]
    public async Task A_query_may_read_a_replica_and_a_mutation_must_not()
    {
        var read = await _graph.DataAsync($$"""{ book(by: { id: "{{Id(1)}}" }) { isNewest isShared } }""");
        var written = await _graph.DataAsync(
            $$"""mutation { bookRename(input: { id: "{{Id(1)}}", title: "A" }) { book { isNewest } } }"""
        );

        Assert.Equal("""{"book":{"isNewest":false,"isShared":false}}""", read.GetRawText());
        Assert.Equal("""{"bookRename":{"book":{"isNewest":true}}}""", written.GetRawText());
    }

    public ValueTask DisposeAsync() => _graph.DisposeAsync();

    private static string Id(long number) => new GlobalId("Book", $"{number}").ToString();
}
