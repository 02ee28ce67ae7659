namespace Shop.GraphQL.Engine.Paging;

/// <summary>One page of a list.</summary>
internal sealed class Connection<T>
{
    private readonly Func<T, string> _cursorOf;

    private Connection(IReadOnlyList<T> nodes, bool hasPrevious, bool hasNext, Func<T, string> cursorOf)
    {
        _cursorOf = cursorOf;
        Nodes = nodes;
        PageInfo =
            nodes.Count == 0
                ? new(hasNext, hasPrevious, null, null)
                : new(hasNext, hasPrevious, cursorOf(nodes[0]), cursorOf(nodes[^1]));
    }

    /// <summary>The items, in the order of the list whichever way it is read.</summary>
    public IReadOnlyList<T> Nodes { get; }

    /// <summary>Where this page stands.</summary>
    public PageInfo PageInfo { get; }

    /// <summary>Counts the whole list; called only where <c>totalCount</c> is selected.</summary>
    public Func<CancellationToken, Task<int>>? Count { get; init; }

    /// <summary>The items with their cursors.</summary>
    public IEnumerable<Edge<T>> Edges => Nodes.Select(node => new Edge<T>(_cursorOf(node), node)).ToArray();

    /// <summary>A page of rows that the store has cut.</summary>
    /// <param name="rows">
    /// At most <see cref="Page.Take"/> rows from the page's cursor on; read backward, they come nearest first.
    /// </param>
    /// <param name="page">What was asked for.</param>
    /// <param name="cursorOf">The cursor of a row: see <see cref="Cursor.Of(long)"/>.</param>
    /// <param name="count">Counts the whole list, for connections that are registered as counted.</param>
    public static Connection<T> Of(
        IReadOnlyList<T> rows,
        Page page,
        Func<T, string> cursorOf,
        Func<CancellationToken, Task<int>>? count = null
    )
    {
        var more = rows.Count > page.Size;
        var shown = rows.Take(page.Size);
        // A client that starts at a cursor came from the item it names, which therefore stands on the other side.
        var behind = page.Cursor is not null;
        return page.IsBackward
            ? new([.. shown.Reverse()], hasPrevious: more, hasNext: behind, cursorOf) { Count = count }
            : new([.. shown], hasPrevious: behind, hasNext: more, cursorOf) { Count = count };
    }

    /// <summary>A page of a list that is in memory whole, such as the variants of one product.</summary>
    /// <exception cref="global::GraphQL.ExecutionError">No item has the page's cursor.</exception>
    public static Connection<T> Cut(IReadOnlyList<T> all, Page page, Func<T, string> cursorOf)
    {
        var place = PlaceOf(all, page, cursorOf);
        var count = Math.Min(page.Size, page.IsBackward ? place : all.Count - place);
        var start = page.IsBackward ? place - count : place;
        return new(
            [.. all.Skip(start).Take(count)],
            hasPrevious: start > 0,
            hasNext: start + count < all.Count,
            cursorOf
        )
        {
            Count = _ => Task.FromResult(all.Count),
        };
    }

    // The index between two items where the page starts: after the cursor's item, or before it when read backward.
    private static int PlaceOf(IReadOnlyList<T> all, Page page, Func<T, string> cursorOf)
    {
        if (page.Cursor is null)
        {
            return page.IsBackward ? all.Count : 0;
        }

        for (var index = 0; index < all.Count; index++)
        {
            if (cursorOf(all[index]) == page.Cursor)
            {
                return page.IsBackward ? index : index + 1;
            }
        }

        throw Cursor.Invalid(page.Cursor);
    }
}

/// <summary>An item and its place in the list.</summary>
internal sealed record Edge<T>(string Cursor, T Node);
