using Microsoft.EntityFrameworkCore;
using Shop.Data.Accounts;
using Shop.Data.Storage;

namespace Shop.GraphQL.Accounts;

/// <summary>What Accounts adds to the root.</summary>
internal sealed class AccountQueries(Asker asker, LoaderContext loaders, Reads<AccountsDb> reads)
{
    /// <summary>The signed-in customer; null for a guest.</summary>
    public IDataLoaderResult<Customer?>? Viewer() =>
        asker.Customer is { } id ? loaders.Get<CustomerById>().Load(id) : null;

    /// <summary>All who have an account, newest first.</summary>
    /// <param name="where">Which; all of them where it is left out.</param>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Orders)]
    public async Task<Connection<Customer>> CustomersAsync(
        CustomerWhere? where,
        ForwardPage page,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = CustomerFields.Visible(db, asker);
        if (where?.Pattern is { } pattern)
        {
            rows = rows.Where(row =>
                EF.Functions.Like(row.EmailKey, pattern, "\\")
                || EF.Functions.Like(row.NameKey, pattern, "\\")
            );
        }

        if (Cursor.Number(page.Cursor) is { } last)
        {
            rows = rows.Where(row => (long)(object)row.Id < last);
        }

        var customers = await rows.OrderByDescending(row => row.Id)
            .Take(page.Take)
            .Select(CustomerFields.FromRow)
            .ToListAsync(cancel);
        return Connection<Customer>.Of(customers, page, customer => Cursor.Of(customer.Id.Value));
    }
}
