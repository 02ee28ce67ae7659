using System.Globalization;
using StoredCode = Shop.Data.Pricing.Codes.PromotionCode;

namespace Shop.GraphQL.Pricing.Codes;

/// <summary>A code that customers type for a promotion.</summary>
/// <param name="Text">Capitals and digits; customers may type it in whatever case, with blanks and hyphens.</param>
/// <param name="EndsAt">The first moment at which it is taken no more; null for never, as long as its promotion runs.</param>
[Staff(StaffRole.Pricing)]
internal sealed record PromotionCode(string Text, DateTimeOffset? EndsAt)
{
    internal string Cursor { get; init; } = "";

    internal static PromotionCode Of(StoredCode row) =>
        new(row.Code, row.EndsAt)
        {
            Cursor = Engine.Paging.Cursor.Of(row.BatchId.ToString(CultureInfo.InvariantCulture), row.Code),
        };
}

/// <summary>Where a page of codes begins.</summary>
internal static class PromotionCodePages
{
    public static IQueryable<StoredCode> After(this IQueryable<StoredCode> codes, string? cursor)
    {
        if (cursor is null)
        {
            return codes;
        }

        var parts = Cursor.Read(cursor, count: 2);
        var (batch, text) = (Cursor.Number(cursor, parts[0]), parts[1]);
        return codes.Where(code =>
            code.BatchId > batch || (code.BatchId == batch && string.Compare(code.Code, text) > 0)
        );
    }
}
