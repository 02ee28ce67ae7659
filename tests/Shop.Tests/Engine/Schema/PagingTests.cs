using System.Text.Json;

namespace Shop.Tests.Engine.Schema;

public sealed class PagingTests(LibraryGraph graph) : IClassFixture<LibraryGraph>
{
    [Fact]
    public async Task Twenty_come_where_no_number_is_asked_for_and_the_whole_is_counted()
    {
        var page = await PageAsync("");

        Assert.Equal(("Volume 1", "Volume 20", 20, true, false, 30), Summary(page));
    }

    [Fact]
    public async Task A_list_is_read_onwards_to_its_end()
    {
        var second = await PageAsync($"(first: 20, after: \"{CursorOf(await PageAsync(""), "endCursor")}\")");

        Assert.Equal(("Volume 21", "Volume 30", 10, false, true, 30), Summary(second));
    }

    [Fact]
    public async Task A_list_is_read_backwards_in_its_own_order()
    {
        var last = await PageAsync("(last: 2)");
        var before = await PageAsync($"(last: 2, before: \"{CursorOf(last, "startCursor")}\")");

        Assert.Equal(("Volume 29", "Volume 30", 2, false, true, 30), Summary(last));
        Assert.Equal(("Volume 27", "Volume 28", 2, true, true, 30), Summary(before));
    }

    [Fact]
    public async Task Edges_hold_the_same_items_as_nodes()
    {
        var page = await PageAsync("(first: 2)");

        Assert.Equal(
            page.GetProperty("nodes").GetRawText(),
            "["
                + string.Join(
                    ',',
                    page.GetProperty("edges")
                        .EnumerateArray()
                        .Select(edge => edge.GetProperty("node").GetRawText())
                )
                + "]"
        );
    }

    [Theory]
    [InlineData("(first: 101)", "Must be between 1 and 100; it is 101.")]
    [InlineData("(first: 0)", "Must be between 1 and 100; it is 0.")]
    [InlineData("(last: 101)", "Must be between 1 and 100; it is 101.")]
    [InlineData("(first: 1, last: 1)", "not both")]
    [InlineData("(first: 1, before: \"MQ\")", "not both")]
    [InlineData("(before: \"MQ\")", "`before` needs `last`.")]
    public async Task What_makes_no_page_is_refused_before_anything_runs(string arguments, string message)
    {
        // Twice: the second time the document comes from the cache, where most rules no longer run.
        for (var time = 0; time < 2; time++)
        {
            var error = await graph.ErrorAsync($"{{ books{arguments} {{ nodes {{ id }} }} }}");

            Assert.Equal("VALIDATION_FAILED", error.Code);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("MQ==")]
    [InlineData("OTk")]
    [InlineData("-")]
    public async Task A_cursor_of_no_item_is_refused(string cursor)
    {
        Assert.Equal(
            "INVALID_CURSOR",
            (await graph.ErrorAsync($"{{ books(after: \"{cursor}\") {{ nodes {{ id }} }} }}")).Code
        );
    }

    private async Task<JsonElement> PageAsync(string arguments)
    {
        var data = await graph.DataAsync(
            $$"""
            { books{{arguments}} {
              nodes { title } edges { cursor node { title } } totalCount
              pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            } }
            """
        );
        return data.GetProperty("books");
    }

    private static string CursorOf(JsonElement page, string which) =>
        page.GetProperty("pageInfo").GetProperty(which).GetString()!;

    private static (string First, string Last, int Count, bool HasNext, bool HasPrevious, int Total) Summary(
        JsonElement page
    )
    {
        var titles = page.GetProperty("nodes")
            .EnumerateArray()
            .Select(node => node.GetProperty("title").GetString()!)
            .ToList();
        var info = page.GetProperty("pageInfo");
        return (
            titles[0],
            titles[^1],
            titles.Count,
            info.GetProperty("hasNextPage").GetBoolean(),
            info.GetProperty("hasPreviousPage").GetBoolean(),
            page.GetProperty("totalCount").GetInt32()
        );
    }
}
