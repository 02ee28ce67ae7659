using Microsoft.EntityFrameworkCore;

namespace Shop.Data.Payments;

/// <summary>Reads payments for those who watch them: from the primary, since a change that is announced may not have reached a replica.</summary>
public sealed class PaymentStories(Database<PaymentsDb> database)
{
    /// <summary>The payments of an order that have changed after a version, in the order of their changes.</summary>
    /// <param name="order">Which order.</param>
    /// <param name="after">The greatest version that is known.</param>
    /// <param name="cancel">Ends the read.</param>
    public async Task<IReadOnlyList<Payment>> ReadAsync(OrderId order, int after, CancellationToken cancel)
    {
        await using var db = database.OpenPrimary();
        return await db
            .Payments.Where(payment => payment.OrderId == order && payment.Version > after)
            .OrderBy(payment => payment.Version)
            .ToListAsync(cancel);
    }
}
