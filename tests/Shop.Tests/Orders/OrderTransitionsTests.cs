using Shop.Data.Orders;

namespace Shop.Tests.Orders;

public sealed class OrderTransitionsTests
{
    [Fact]
    public void Every_status_has_its_successors_and_no_order_returns_to_pending()
    {
        var statuses = Enum.GetValues<OrderStatus>();

        Assert.All(
            statuses,
            from => Assert.DoesNotContain(OrderStatus.Pending, OrderTransitions.After(from))
        );
        Assert.All(statuses, from => Assert.False(OrderTransitions.Allow(from, from)));
    }

    [Theory]
    [InlineData(OrderStatus.Rejected)]
    [InlineData(OrderStatus.Cancelled)]
    [InlineData(OrderStatus.Refunded)]
    public void What_has_ended_stays_so(OrderStatus status) => Assert.Empty(OrderTransitions.After(status));

    [Fact]
    public void Only_an_order_that_holds_stock_can_be_paid_or_shipped()
    {
        Assert.True(OrderTransitions.Allow(OrderStatus.AwaitingPayment, OrderStatus.Paid));
        Assert.False(OrderTransitions.Allow(OrderStatus.Pending, OrderStatus.Shipped));
        Assert.False(OrderTransitions.Allow(OrderStatus.Cancelled, OrderStatus.Paid));
        Assert.False(OrderTransitions.Allow(OrderStatus.Rejected, OrderStatus.AwaitingPayment));
    }
}
