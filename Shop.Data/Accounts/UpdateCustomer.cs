namespace Shop.Data.Accounts;

/// <summary>A customer wants to be called otherwise.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Name">At most <see cref="Accounts.Customer.MaxNameLength"/>.</param>
/// <param name="IfVersion">The version that they have to be at; null for any.</param>
public sealed record UpdateCustomerRequest(CustomerId Customer, string Name, int? IfVersion);

/// <summary>Changes what a customer says of themselves.</summary>
public sealed class UpdateCustomer(Database<AccountsDb> database, WritePositions positions)
{
    /// <returns>
    /// <see cref="CustomerResult.Done"/>, <see cref="CustomerResult.NotFound"/> or
    /// <see cref="CustomerResult.VersionConflict"/>.
    /// </returns>
    public async Task<CustomerResult> RunAsync(UpdateCustomerRequest request, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var customer = await LockedCustomer.TakeAsync(connection, request.Customer, cancel);
        if (LockedCustomer.Refusal(customer, request.IfVersion) is { } refusal)
        {
            return refusal;
        }

        await connection.ExecuteAsync(
            $"""
            update accounts.customer set name = {Sql.Value(request.Name.Trim())}, version = version + 1
            where id = {Sql.Value(request.Customer.Value)}
            """,
            cancel
        );
        await transaction.CommitAsync(cancel);
        await positions.MarkAsync(
            [WritePositions.SubjectOf(request.Customer)],
            await connection.PositionAsync(cancel)
        );
        return new CustomerResult.Done();
    }
}
