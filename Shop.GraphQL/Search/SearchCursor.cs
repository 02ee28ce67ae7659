using System.Globalization;
using Shop.Data.Search.Finding;

namespace Shop.GraphQL.Search;

/// <summary>A place in a list of hits: what of the hit its order goes by, and the id.</summary>
internal static class SearchCursor
{
    /// <summary>The place of a hit.</summary>
    public static string Of(SearchHit hit, SearchOrder order) =>
        Cursor.Of([.. Keys(hit, order.Field), Text(hit.ProductId.Value)]);

    /// <summary>Reads it: a hit of which just those parts count; null where there is no cursor.</summary>
    /// <exception cref="ExecutionError">It is no cursor of such a list.</exception>
    public static SearchHit? Read(string? cursor, SearchOrder order)
    {
        if (cursor is null)
        {
            return null;
        }

        var parts = Cursor.Read(cursor, Keys(default, order.Field).Length + 1);
        var hit = new SearchHit { ProductId = new(Number(^1)) };
        return order.Field switch
        {
            SearchOrderField.Relevance => hit with
            {
                Tier = (int)Number(0, int.MaxValue),
                IsSellable = Number(1, 1) == 1,
                Popularity = (short)Number(2, short.MaxValue),
                CreatedAt = Moment(3),
            },
            SearchOrderField.Popularity => hit with { Popularity = (short)Number(0, short.MaxValue) },
            SearchOrderField.Price => hit with { PriceMinor = Number(0) },
            SearchOrderField.CreatedAt => hit with { CreatedAt = Moment(0) },
            SearchOrderField.Title => hit with { SortTitle = parts[0] },
            var field => throw new ArgumentOutOfRangeException(nameof(order), field, message: null),
        };

        long Number(Index place, long most = long.MaxValue) =>
            Cursor.Number(cursor, parts[place.GetOffset(parts.Count)]) is var number && number <= most
                ? number
                : throw Cursor.Invalid(cursor);

        DateTimeOffset Moment(int place) =>
            new(Number(place, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
    }

    private static string[] Keys(SearchHit hit, SearchOrderField field) =>
        field switch
        {
            SearchOrderField.Relevance =>
            [
                Text(hit.Tier),
                hit.IsSellable ? "1" : "0",
                Text(hit.Popularity),
                Text(hit.CreatedAt.UtcTicks),
            ],
            SearchOrderField.Popularity => [Text(hit.Popularity)],
            SearchOrderField.Price => [Text(hit.PriceMinor)],
            SearchOrderField.CreatedAt => [Text(hit.CreatedAt.UtcTicks)],
            SearchOrderField.Title => [hit.SortTitle ?? ""],
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, message: null),
        };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
