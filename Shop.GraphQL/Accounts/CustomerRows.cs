using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Accounts;
using Shop.Data.Storage;
using CustomerRow = Shop.Data.Accounts.Customer;

namespace Shop.GraphQL.Accounts;

/// <summary>A customer, for themselves and for staff; a colleague, for all of staff. To any other client they are as absent as one that never was.</summary>
internal sealed class CustomerById(Reads<AccountsDb> reads, Asker asker) : Loader<CustomerId, Customer>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<CustomerId, Customer>> FetchAsync(
        IReadOnlyList<CustomerId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        return await CustomerFields
            .Visible(db, asker)
            .Where(row => keys.Contains(row.Id))
            .Select(CustomerFields.FromRow)
            .ToDictionaryAsync(customer => customer.Id, cancel);
    }
}

/// <summary>Address books, for those who may see the customer.</summary>
internal sealed class AddressesByCustomerId(Reads<AccountsDb> reads, Asker asker)
    : ListLoader<CustomerId, CustomerAddress>
{
    /// <inheritdoc />
    protected override async Task<ILookup<CustomerId, CustomerAddress>> FetchAsync(
        IReadOnlyList<CustomerId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db
            .Addresses.Where(row => keys.Contains(row.CustomerId))
            .Where(row => CustomerFields.Visible(db, asker).Any(customer => customer.Id == row.CustomerId))
            .OrderByDescending(row => row.IsDefault)
            .ThenBy(row => row.Id)
            .ToListAsync(cancel);
        return rows.ToLookup(
            row => row.CustomerId,
            row => new CustomerAddress(row.Id, row.Address, row.IsDefault)
        );
    }
}

/// <summary>From what is stored to what clients see.</summary>
internal static class CustomerFields
{
    /// <summary>The customers whom the asker may see.</summary>
    public static IQueryable<CustomerRow> Visible(AccountsDb db, Asker asker)
    {
        var (self, seesAll, isStaff) = (asker.Customer, asker.May(StaffRole.Orders), asker.IsStaff);
        return db.Customers.Where(row => seesAll || row.Id == self || (isStaff && row.Roles.Any()));
    }

    public static Expression<Func<CustomerRow, Customer>> FromRow { get; } =
        row => new Customer(row.Id, row.Email, row.Name, row.Roles, row.Version, row.CreatedAt)
        {
            Groups = row.Groups,
            TaxExemption = row.TaxExemption,
        };
}
