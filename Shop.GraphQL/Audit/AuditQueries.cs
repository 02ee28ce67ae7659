using System.Globalization;
using Shop.Data.Audit;
using Shop.GraphQL.Engine.Filters;

namespace Shop.GraphQL.Audit;

/// <summary>Which entries of the audit trail. All that is given has to hold; what is left out does not matter.</summary>
[Filter]
internal sealed record AuditWhere
{
    /// <summary>Done by this member of staff.</summary>
    public CustomerId? Actor { get; init; }

    /// <summary>Done to this: the id of a product, a SKU, an order, whatever staff changes.</summary>
    public GlobalId? Subject { get; init; }

    /// <summary>Done by this mutation, such as `stockSet`.</summary>
    [MaxText(100)]
    public string? Action { get; init; }

    /// <summary>Done then or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Done then or earlier.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>What staff has done, in all contexts.</summary>
internal sealed class AuditQueries(IEnumerable<AuditBook> books)
{
    /// <summary>What staff has changed, newest first: who, when, what, before and after.</summary>
    /// <param name="where">Which entries; all of them where it is left out.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Admin)]
    public async Task<Connection<AuditEntry>> AuditTrailAsync(
        AuditWhere? where,
        ForwardPage page,
        CancellationToken cancel
    )
    {
        if (FilterOf(where, page) is not { } filter)
        {
            return Connection<AuditEntry>.Of([], page, CursorOf);
        }

        // Each context may have all of the newest: ids sort by time over all of them.
        var take = page.Take;
        var found = await Task.WhenAll(books.Select(book => book.ReadAsync(filter, take, cancel)));
        var entries = found.SelectMany(entries => entries).OrderByDescending(entry => entry.Id).Take(take);
        return Connection<AuditEntry>.Of([.. entries.Select(AuditFields.Of)], page, CursorOf);
    }

    // Null where nothing can be like that: no row has such an id.
    private static AuditFilter? FilterOf(AuditWhere? where, ForwardPage page)
    {
        var filter = new AuditFilter(
            where?.Actor,
            Action: where?.Action,
            From: where?.From,
            To: where?.To,
            Below: Cursor.Number(page.Cursor)
        );
        return where?.Subject is not { } subject ? filter
            : long.TryParse(subject.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? filter with
                {
                    Subject = (subject.Type, id),
                }
            : null;
    }

    private static string CursorOf(AuditEntry entry) => Cursor.Of(entry.Id.Value);
}
