using Shop.Data.Audit;

namespace Shop.Data.Accounts;

/// <summary>Staff has found that a customer is exempt from taxes, or is so no more.</summary>
/// <param name="Actor">Who of staff.</param>
/// <param name="Customer">Who is exempt.</param>
/// <param name="Exemption">From what; null where they pay taxes like anybody.</param>
/// <param name="IfVersion">The version that the customer has to be at; null for any.</param>
public sealed record SetTaxExemptionRequest(
    CustomerId Actor,
    CustomerId Customer,
    TaxExemption? Exemption,
    int? IfVersion
);

/// <summary>
/// Says where a customer pays no tax. It counts from their next access token on. Set twice is set once: only a change is written,
/// and noted.
/// </summary>
public sealed class SetTaxExemption(
    Database<AccountsDb> database,
    WritePositions positions,
    NewId newId,
    TimeProvider clock
)
{
    /// <returns>
    /// <see cref="CustomerResult.Done"/>, <see cref="CustomerResult.NotFound"/> or <see cref="CustomerResult.VersionConflict"/>.
    /// </returns>
    public async Task<CustomerResult> RunAsync(SetTaxExemptionRequest request, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var customer = await LockedCustomer.TakeAsync(connection, request.Customer, cancel);
        if (customer is not null && customer.TaxExemption == request.Exemption)
        {
            return new CustomerResult.Done();
        }

        if (LockedCustomer.Refusal(customer, request.IfVersion) is { } refusal)
        {
            return refusal;
        }

        await connection.ExecuteAsync(
            $"""
            update accounts.customer
            set tax_exemption = {Sql.Value(request.Exemption?.Text)}, version = version + 1
            where id = {Sql.Value(request.Customer.Value)}
            """,
            cancel
        );
        var trail = new AuditTrail(request.Actor, "customerTaxExemptionSet", clock.GetUtcNow(), newId);
        trail.Note(
            "Customer",
            request.Customer,
            new { TaxExemption = customer!.TaxExemption?.Text },
            new { TaxExemption = request.Exemption?.Text }
        );
        await trail.WriteAsync(connection, "accounts", cancel);
        await transaction.CommitAsync(cancel);
        await positions.MarkAsync(
            [WritePositions.SubjectOf(request.Actor), WritePositions.SubjectOf(request.Customer)],
            await connection.PositionAsync(cancel)
        );
        return new CustomerResult.Done();
    }
}
