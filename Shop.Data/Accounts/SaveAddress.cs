using Npgsql;
using NpgsqlTypes;

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
        if (request.Address is { } asked && !book.Ids.Contains(asked.Value))
        {
            return new CustomerResult.AddressNotFound();
        }

        var known = request.Address ?? book.Same;
        if (known is null && book.Ids.Count >= CustomerAddress.MaxPerCustomer)
        {
            return new CustomerResult.TooManyAddresses();
        }

        var id = known ?? newId.Next<CustomerAddressId>();
        await WriteAsync(connection, request, id, request.IsDefault || book.Ids.Count == 0, cancel);
        await customer!.RaiseVersionAsync(connection, cancel);
        await transaction.CommitAsync(cancel);
        await positions.MarkAsync(
            [Customer.SubjectOf(request.Customer)],
            await connection.PositionAsync(cancel)
        );
        return new CustomerResult.Done { Address = id };
    }

    private static async Task<(List<long> Ids, CustomerAddressId? Same)> BookAsync(
        NpgsqlConnection connection,
        SaveAddressRequest request,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            """
            select id, (name, line1, line2, city, region, postal_code, country_code)
                is not distinct from ($2, $3, $4, $5, $6, $7, $8)
            from accounts.customer_address where customer_id = $1
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(request.Customer.Value));
        command.Parameters.AddRange(Parameters(request.Text));
        var ids = new List<long>();
        CustomerAddressId? same = null;
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            ids.Add(rows.GetInt64(0));
            same = rows.GetBoolean(1) ? new(rows.GetInt64(0)) : same;
        }

        return (ids, same);
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        SaveAddressRequest request,
        CustomerAddressId id,
        bool isDefault,
        CancellationToken cancel
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        if (isDefault)
        {
            var others = new NpgsqlBatchCommand(
                "update accounts.customer_address set is_default = false where customer_id = $1 and is_default"
            );
            others.Parameters.Add(Sql.Value(request.Customer.Value));
            batch.BatchCommands.Add(others);
        }

        var write = new NpgsqlBatchCommand(
            """
            insert into accounts.customer_address as a
                (customer_id, name, line1, line2, city, region, postal_code, country_code, id, is_default)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (id) do update set
                name = excluded.name, line1 = excluded.line1, line2 = excluded.line2, city = excluded.city,
                region = excluded.region, postal_code = excluded.postal_code,
                country_code = excluded.country_code, is_default = excluded.is_default or a.is_default
            """
        );
        write.Parameters.Add(Sql.Value(request.Customer.Value));
        write.Parameters.AddRange(Parameters(request.Text));
        write.Parameters.Add(Sql.Value(id.Value));
        write.Parameters.Add(Sql.Value(isDefault));
        batch.BatchCommands.Add(write);
        await batch.ExecuteNonQueryAsync(cancel);
    }

    // In the order of the columns: name, two lines, city, region, postal code, country.
    private static NpgsqlParameter[] Parameters(Address text) =>
        [
            .. new[]
            {
                text.Name,
                text.Line1,
                text.Line2,
                text.City,
                text.Region,
                text.PostalCode,
                text.CountryCode,
            }.Select(part => new NpgsqlParameter
            {
                NpgsqlDbType = NpgsqlDbType.Text,
                Value = part is null ? DBNull.Value : part,
            }),
        ];
}
