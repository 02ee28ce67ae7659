using Shop.Data.Payments;
using Shop.GraphQL.Orders;

namespace Shop.GraphQL.Payments;

/// <summary>What Payments adds to the graph.</summary>
internal sealed class PaymentsModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph)
    {
        graph
            .Id<PaymentId>("Payment")
            .Id<RefundId>("Refund")
            .Id<DifferenceId>("PaymentDifference")
            // An id alone opens no guest's payment: that goes by its order, with the order's access key.
            .Node<PaymentId, Payment>((loaders, id) => loaders.Get<OwnPayment>().Load(id))
            .Node<RefundId, Refund>((loaders, id) => loaders.Get<OwnRefund>().Load(id))
            .Map<PaymentAction, PaymentActionUnion>()
            .Type<PaymentOpen>()
            .Type<ChannelUnavailable>()
            .Type<AmountOutOfRange>()
            .Type<CurrencyNotSupported>()
            .Type<ChannelRefused>()
            .Query<PaymentQueries>()
            .Mutation<PaymentMutations>()
            .Subscription<PaymentSubscriptions>()
            .Query<StaffPaymentQueries>()
            .Mutation<StaffPaymentMutations>()
            .Query<BookQueries>()
            .Mutation<BookMutations>()
            .Extend<Order, OrderPayments>()
            .Provide(PaymentObstacle.Of);
        if (graph.Audience == Audience.Staff)
        {
            // Shoppers never come across it.
            graph.Type<TooMuchRefunded>();
        }
    }
}
