using Npgsql;

namespace Shop.Data.Accounts;

/// <summary>A customer wants an address in their book to be like this.</summary>
/// <param name="Customer">Whose book.</param>
/// <param name="Address">Which; null for a new one.</param>
/// <param name="Text">What it says.</param>
/// <param name="IsDefault">Whether a checkout shall offer it first, and no other.</param>
/// <param name="IfVersion">The version that the customer has to be at; null for any.</param>
public sealed record SaveAddressRequest(
    CustomerId Customer,
    CustomerAddressId? Address,
    Address Text,
    bool IsDefault,
    int? IfVersion
);

/// <summary>
/// Adds to an address book, or changes it. What stands in it already is not added a second time, so a lost answer costs nothing;
/// the first address is the default one.
/// </summary>
public sealed class SaveAddress(Database<AccountsDb> database, WritePositions positions, NewId newId)
{
    /// <returns>
    /// <see cref="CustomerResult.Done"/>, <see cref="CustomerResult.NotFound"/>,
    /// <see cref="CustomerResult.VersionConflict"/>, <see cref="CustomerResult.AddressNotFound"/> or
    /// <see cref="CustomerResult.TooManyAddresses"/>.
    /// </returns>
    public async Task<CustomerResult> RunAsync(SaveAddressRequest request, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var customer = await LockedCustomer.TakeAsync(connection, request.Customer, cancel);
        if (LockedCustomer.Refusal(customer, request.IfVersion) is { } refusal)
        {
            return refusal;
        }

        var book = await BookAsync(connection, request, cancel);
        if (request.Address is { } asked && !book.Exists(entry => entry.Id == asked))
        {
            return new CustomerResult.AddressNotFound();
        }

        var known = request.Address ?? book.FindLast(entry => entry.IsSame).Id;
        if (known is null && book.Count >= CustomerAddress.MaxPerCustomer)
        {
            return new CustomerResult.TooManyAddresses();
        }

        var id = known ?? newId.Next<CustomerAddressId>();
        await WriteAsync(connection, request, id, request.IsDefault || book.Count == 0, cancel);
        await customer!.RaiseVersionAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
        await positions.MarkAsync(
            [WritePositions.SubjectOf(request.Customer)],
            await connection.PositionAsync(cancel)
        );
        return new CustomerResult.Done { Address = id };
    }

    private static Task<List<(CustomerAddressId? Id, bool IsSame)>> BookAsync(
        NpgsqlConnection connection,
        SaveAddressRequest request,
        CancellationToken cancel
    ) =>
        connection.ListAsync<(CustomerAddressId?, bool)>(
            $"""
            select id, (name, line1, line2, city, region, postal_code, country_code)
                is not distinct from ({Columns(request.Text)})
            from accounts.customer_address where customer_id = {Sql.Value(request.Customer.Value)}
            """,
            row => (new(row.GetInt64(0)), row.GetBoolean(1)),
            cancel
        );

    private static Task WriteAsync(
        NpgsqlConnection connection,
        SaveAddressRequest request,
        CustomerAddressId id,
        bool isDefault,
        CancellationToken cancel
    )
    {
        var others = Sql.Batched(
            $"""
            update accounts.customer_address set is_default = false
            where customer_id = {Sql.Value(request.Customer.Value)} and is_default
            """
        );
        var write = Sql.Batched(
            $"""
            insert into accounts.customer_address as a
                (id, customer_id, is_default, name, line1, line2, city, region, postal_code, country_code)
            values ({Sql.Value(id.Value)}, {Sql.Value(request.Customer.Value)}, {Sql.Value(isDefault)},
                {Columns(request.Text)})
            on conflict (id) do update set
                name = excluded.name, line1 = excluded.line1, line2 = excluded.line2, city = excluded.city,
                region = excluded.region, postal_code = excluded.postal_code,
                country_code = excluded.country_code, is_default = excluded.is_default or a.is_default
            """
        );
        return connection.ExecuteAsync(isDefault ? [others, write] : [write], cancel);
    }

    // In the order of the columns: name, two lines, city, region, postal code, country.
    private static SqlText Columns(Address text) =>
        Sql.Part(
            $"""
            {Sql.Value(text.Name)}, {Sql.Value(text.Line1)}, {Sql.Value(text.Line2)}, {Sql.Value(text.City)},
            {Sql.Value(text.Region)}, {Sql.Value(text.PostalCode)}, {Sql.Value(text.CountryCode)}
            """
        );
}
