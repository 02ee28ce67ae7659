namespace Shop.GraphQL.Engine.Paging;

/// <summary>Where a page stands in its list.</summary>
/// <param name="HasNextPage">More follows after `endCursor`.</param>
/// <param name="HasPreviousPage">More stands before `startCursor`.</param>
/// <param name="StartCursor">Cursor of the first item; null on an empty page.</param>
/// <param name="EndCursor">Cursor of the last item; null on an empty page.</param>
[Public]
internal sealed record PageInfo(
    bool HasNextPage,
    bool HasPreviousPage,
    string? StartCursor,
    string? EndCursor
);
