using Microsoft.EntityFrameworkCore;
using Shop.Data.Payments;
using Shop.Data.Storage;

namespace Shop.GraphQL.Payments;

/// <summary>What staff finds of the books of channels.</summary>
internal sealed class BookQueries(Reads<PaymentsDb> reads)
{
    /// <summary>In what the shop's book and those of channels differ, newest first.</summary>
    /// <param name="where">Which; all of them where it is left out.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Payments)]
    public async Task<Connection<PaymentDifference>> PaymentDifferencesAsync(
        PaymentDifferenceWhere? where,
        ForwardPage page,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        IQueryable<Difference> rows = db.Differences;
        rows = where?.Resolved?.Eq is { } resolved
            ? rows.Where(row => row.ResolvedAt != null == resolved)
            : rows;
        rows = where?.Channel?.Eq is { } channel ? rows.Where(row => row.Channel == channel) : rows;
        rows = Cursor.Number(page.Cursor) is { } before
            ? rows.Where(row => (long)(object)row.Id < before)
            : rows;
        var found = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return Connection<PaymentDifference>.Of(
            found.ConvertAll(PaymentDifference.Of),
            page,
            difference => Cursor.Of(difference.Id.Value)
        );
    }
}
