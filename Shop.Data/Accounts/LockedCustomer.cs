using Npgsql;

namespace Shop.Data.Accounts;

/// <summary>A customer's row, held until the transaction ends: whatever belongs to a customer is changed one after the other.</summary>
internal sealed record LockedCustomer(CustomerId Id, int Version, IReadOnlyCollection<StaffRole> Roles)
{
    /// <summary>Waits for the row.</summary>
    /// <returns>Null where there is no such customer.</returns>
    public static async Task<LockedCustomer?> TakeAsync(
        NpgsqlConnection connection,
        CustomerId id,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            "select version, roles from accounts.customer where id = $1 for update",
            connection
        );
        command.Parameters.Add(Sql.Value(id.Value));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel)
            ? new(id, rows.GetInt32(0), await rows.RolesAsync(1, cancel))
            : null;
    }

    /// <summary>Why a change is refused; null where it is not.</summary>
    public static CustomerResult? Refusal(LockedCustomer? customer, int? ifVersion) =>
        customer is null ? new CustomerResult.NotFound()
        : ifVersion is { } wanted && wanted != customer.Version
            ? new CustomerResult.VersionConflict(customer.Version)
        : null;

    /// <summary>Something that its owner sees has changed.</summary>
    public async Task RaiseVersionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "update accounts.customer set version = version + 1 where id = $1",
            connection
        );
        command.Parameters.Add(Sql.Value(Id.Value));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
