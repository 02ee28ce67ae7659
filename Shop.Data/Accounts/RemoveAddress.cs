namespace Shop.Data.Accounts;

/// <summary>A customer wants an address out of their book.</summary>
/// <param name="Customer">Whose book.</param>
/// <param name="Address">Which.</param>
/// <param name="IfVersion">The version that the customer has to be at; null for any.</param>
public sealed record RemoveAddressRequest(CustomerId Customer, CustomerAddressId Address, int? IfVersion);

/// <summary>Takes an address out of its book; the orders that went there keep theirs. One that is gone already is no error.</summary>
public sealed class RemoveAddress(Database<AccountsDb> database, WritePositions positions)
{
    /// <returns>
    /// <see cref="CustomerResult.Done"/>, <see cref="CustomerResult.NotFound"/> or
    /// <see cref="CustomerResult.VersionConflict"/>.
    /// </returns>
    public async Task<CustomerResult> RunAsync(RemoveAddressRequest request, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var customer = await LockedCustomer.TakeAsync(connection, request.Customer, cancel);
        if (LockedCustomer.Refusal(customer, request.IfVersion) is { } refusal)
        {
            return refusal;
        }

        var removed = await connection.ExecuteAsync(
            $"""
            delete from accounts.customer_address
            where id = {Sql.Value(request.Address.Value)}
              and customer_id = {Sql.Value(request.Customer.Value)}
            """,
            cancel
        );
        if (removed > 0)
        {
            await customer!.RaiseVersionAsync(connection, cancel);
        }

        await transaction.CommitAsync(cancel);
        await positions.MarkAsync(
            [WritePositions.SubjectOf(request.Customer)],
            await connection.PositionAsync(cancel)
        );
        return new CustomerResult.Done();
    }
}
