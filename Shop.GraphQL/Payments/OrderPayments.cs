using Shop.GraphQL.Orders;

namespace Shop.GraphQL.Payments;

/// <summary>Payments' fields on Orders' type.</summary>
internal sealed class OrderPayments(LoaderContext loaders)
{
    /// <summary>The tries to pay for it, oldest first; at most 20.</summary>
    [ListSize(3)]
    public IDataLoaderResult<IReadOnlyList<Payment>> Payments([FromSource] Order order) =>
        loaders.Get<PaymentsByOrderId>().Load(order.Id);

    /// <summary>What was paid for it; nothing before it is paid.</summary>
    public IDataLoaderResult<Money> Paid([FromSource] Order order) =>
        loaders
            .Get<DueByOrderId>()
            .Load(order.Id)
            .Select(due => new Money(due?.PaidMinor ?? 0, order.Cost.Total.Currency));

    /// <summary>How much of that is back with the customer.</summary>
    public IDataLoaderResult<Money> Refunded([FromSource] Order order) =>
        loaders
            .Get<DueByOrderId>()
            .Load(order.Id)
            .Select(due => new Money(due?.RefundedMinor ?? 0, order.Cost.Total.Currency));
}
