using Npgsql;

namespace Shop.Data.Accounts;

/// <summary>A customer's row, held until the transaction ends: whatever belongs to a customer is changed one after the other.</summary>
internal sealed record LockedCustomer(
    CustomerId Id,
    int Version,
    IReadOnlyCollection<StaffRole> Roles,
    IReadOnlyList<string> Groups,
    TaxExemption? TaxExemption
)
{
    /// <summary>Waits for the row.</summary>
    /// <returns>Null where there is no such customer.</returns>
    public static Task<LockedCustomer?> TakeAsync(
        NpgsqlConnection connection,
        CustomerId id,
        CancellationToken cancel
    ) =>
        connection.FindAsync(
            $"""
            select version, roles, groups, tax_exemption from accounts.customer
            where id = {Sql.Value(id.Value)} for update
            """,
            row => new LockedCustomer(
                id,
                row.GetInt32(0),
                row.Roles(1),
                row.GetFieldValue<string[]>(2),
                TaxExemption.Read(row.IsDBNull(3) ? null : row.GetString(3))
            ),
            cancel
        );

    /// <summary>Why a change is refused; null where it is not.</summary>
    public static CustomerResult? Refusal(LockedCustomer? customer, int? ifVersion) =>
        customer is null ? new CustomerResult.NotFound()
        : ifVersion is { } wanted && wanted != customer.Version
            ? new CustomerResult.VersionConflict(customer.Version)
        : null;

    /// <summary>Something that its owner sees has changed.</summary>
    public Task RaiseVersionAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteAsync(
            $"update accounts.customer set version = version + 1 where id = {Sql.Value(Id.Value)}",
            cancel
        );
}
