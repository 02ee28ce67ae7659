using Npgsql;
using Shop.Data.Audit;

namespace Shop.Data.Accounts;

/// <summary>An admin wants a customer to have these roles of staff, and no others.</summary>
/// <param name="Actor">The admin.</param>
/// <param name="Customer">Whose roles.</param>
/// <param name="Roles">All of them; empty makes them a customer like any other.</param>
/// <param name="IfVersion">The version that the customer has to be at; null for any.</param>
public sealed record SetCustomerRolesRequest(
    CustomerId Actor,
    CustomerId Customer,
    IReadOnlyCollection<StaffRole> Roles,
    int? IfVersion
);

/// <summary>
/// Says what a customer may do as staff. It counts from their next access token on. Set twice is set once: only a change is
/// written, and noted.
/// </summary>
public sealed class SetCustomerRoles(
    Database<AccountsDb> database,
    WritePositions positions,
    NewId newId,
    TimeProvider clock
)
{
    /// <returns>
    /// <see cref="CustomerResult.Done"/>, <see cref="CustomerResult.NotFound"/>,
    /// <see cref="CustomerResult.VersionConflict"/> or <see cref="CustomerResult.OwnAdminRole"/>.
    /// </returns>
    public async Task<CustomerResult> RunAsync(SetCustomerRolesRequest request, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var customer = await LockedCustomer.TakeAsync(connection, request.Customer, cancel);
        if (customer is not null && customer.Roles.ToHashSet().SetEquals(request.Roles))
        {
            return new CustomerResult.Done();
        }

        if (LockedCustomer.Refusal(customer, request.IfVersion) is { } refusal)
        {
            return refusal;
        }

        if (
            request.Actor == request.Customer
            && customer!.Roles.Contains(StaffRole.Admin)
            && !request.Roles.Contains(StaffRole.Admin)
        )
        {
            return new CustomerResult.OwnAdminRole();
        }

        var trail = new AuditTrail(request.Actor, "customerRolesSet", clock.GetUtcNow(), newId);
        await WriteAsync(connection, customer!, request.Roles, trail, cancel);
        await transaction.CommitAsync(cancel);
        await positions.MarkAsync(
            [WritePositions.SubjectOf(request.Actor), WritePositions.SubjectOf(request.Customer)],
            await connection.PositionAsync(cancel)
        );
        return new CustomerResult.Done();
    }

    /// <summary>Writes roles, and notes what they were.</summary>
    internal static async Task WriteAsync(
        NpgsqlConnection connection,
        LockedCustomer customer,
        IReadOnlyCollection<StaffRole> roles,
        AuditTrail trail,
        CancellationToken cancel
    )
    {
        await connection.ExecuteAsync(
            $"""
            update accounts.customer set roles = {Sql.Value(StoredRoles.Of(roles))}, version = version + 1
            where id = {Sql.Value(customer.Id.Value)}
            """,
            cancel
        );
        trail.Note(
            "Customer",
            customer.Id,
            new { Roles = Names(customer.Roles) },
            new { Roles = Names(roles) }
        );
        await trail.WriteAsync(connection, "accounts", cancel);
    }

    private static string[] Names(IEnumerable<StaffRole> roles) =>
        [.. roles.Distinct().Order().Select(role => role.ToString())];
}
