using Shop.GraphQL.Engine.Paging;

namespace Shop.Tests.Engine.Schema;

public sealed class ConnectionTests
{
    [Fact]
    public void One_row_more_than_shown_tells_that_a_page_follows()
    {
        var page = Of([1, 2, 3], new Page(2, IsBackward: false, null));

        Assert.Equal([1, 2], page.Nodes);
        Assert.Equal(new PageInfo(true, false, Cursor.Of("1"), Cursor.Of("2")), page.PageInfo);
    }

    [Fact]
    public void Rows_fetched_backwards_are_turned_round()
    {
        var page = Of([9, 8, 7], new Page(2, IsBackward: true, Cursor.Of("10")));

        Assert.Equal([8, 9], page.Nodes);
        Assert.Equal(new PageInfo(true, true, Cursor.Of("8"), Cursor.Of("9")), page.PageInfo);
    }

    [Fact]
    public void An_empty_page_has_no_cursors()
    {
        Assert.Equal(
            new PageInfo(false, true, null, null),
            Of([], new Page(2, false, Cursor.Of("9"))).PageInfo
        );
    }

    [Fact]
    public void A_cursor_gives_back_its_parts_and_no_others()
    {
        Assert.Equal(["Crème brûlée", "17"], Cursor.Read(Cursor.Of("Crème brûlée", "17"), count: 2));
        Assert.Throws<global::GraphQL.ExecutionError>(() => Cursor.Read(Cursor.Of("17"), count: 2));
    }

    private static Connection<int> Of(IReadOnlyList<int> rows, Page page) =>
        Connection<int>.Of(rows, page, row => Cursor.Of($"{row}"));
}
