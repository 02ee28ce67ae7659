using Shop.Data.Audit;

namespace Shop.Data.Accounts;

/// <summary>Staff wants a customer to be in these groups, and in no others.</summary>
/// <param name="Actor">Who of staff.</param>
/// <param name="Customer">Whose groups.</param>
/// <param name="Groups">All of them, in their normal form; at most <see cref="CustomerGroup.MaxPerCustomer"/>.</param>
/// <param name="IfVersion">The version that the customer has to be at; null for any.</param>
public sealed record SetCustomerGroupsRequest(
    CustomerId Actor,
    CustomerId Customer,
    IReadOnlyList<string> Groups,
    int? IfVersion
);

/// <summary>
/// Says which groups a customer is in. It counts from their next access token on. Set twice is set once: only a change is written,
/// and noted.
/// </summary>
public sealed class SetCustomerGroups(
    Database<AccountsDb> database,
    WritePositions positions,
    NewId newId,
    TimeProvider clock
)
{
    /// <returns>
    /// <see cref="CustomerResult.Done"/>, <see cref="CustomerResult.NotFound"/> or <see cref="CustomerResult.VersionConflict"/>.
    /// </returns>
    public async Task<CustomerResult> RunAsync(SetCustomerGroupsRequest request, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var customer = await LockedCustomer.TakeAsync(connection, request.Customer, cancel);
        if (customer is not null && customer.Groups.SequenceEqual(request.Groups))
        {
            return new CustomerResult.Done();
        }

        if (LockedCustomer.Refusal(customer, request.IfVersion) is { } refusal)
        {
            return refusal;
        }

        await connection.ExecuteAsync(
            $"""
            update accounts.customer set groups = {Sql.Value(request.Groups.ToArray())}, version = version + 1
            where id = {Sql.Value(request.Customer.Value)}
            """,
            cancel
        );
        var trail = new AuditTrail(request.Actor, "customerGroupsSet", clock.GetUtcNow(), newId);
        trail.Note("Customer", request.Customer, new { customer!.Groups }, new { request.Groups });
        await trail.WriteAsync(connection, "accounts", cancel);
        await transaction.CommitAsync(cancel);
        await positions.MarkAsync(
            [WritePositions.SubjectOf(request.Actor), WritePositions.SubjectOf(request.Customer)],
            await connection.PositionAsync(cancel)
        );
        return new CustomerResult.Done();
    }
}
