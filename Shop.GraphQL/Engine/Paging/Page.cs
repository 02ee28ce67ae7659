namespace Shop.GraphQL.Engine.Paging;

/// <summary>
/// Which part of a list a client asks for. As a parameter of a resolver it becomes <c>first, after, last, before</c>.
/// </summary>
/// <param name="Size">1 to 100 items; 20 where nothing was asked for.</param>
/// <param name="IsBackward">True for <c>last</c>: the items before the cursor, nearest first when fetched.</param>
/// <param name="Cursor">Where it starts, exclusively: <c>after</c>, or <c>before</c> when backward. Null: at the end of the list.</param>
internal readonly record struct Page(int Size, bool IsBackward, string? Cursor)
{
    /// <summary>Items of a page where the client names no number.</summary>
    public const int DefaultSize = 20;

    /// <summary>Most items of a page.</summary>
    public const int MaxSize = 100;

    /// <summary>How many rows to fetch: one more than shown tells whether another page follows.</summary>
    public int Take => Size + 1;
}

/// <summary>A part of a list that is only read onwards. As a parameter it becomes <c>first, after</c>.</summary>
internal readonly record struct ForwardPage(int Size, string? Cursor)
{
    /// <inheritdoc cref="Page.Take" />
    public int Take => Size + 1;

    public static implicit operator Page(ForwardPage page) => new(page.Size, IsBackward: false, page.Cursor);
}
