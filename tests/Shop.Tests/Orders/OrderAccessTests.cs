using Shop.Data.Kernel;
using Shop.Data.Orders.Keys;

namespace Shop.Tests.Orders;

/// <summary>What opens an order of a batch, whose rows several askers read together.</summary>
public sealed class OrderAccessTests
{
    private static readonly AccessKey _key = AccessKey.Of("a cart's secret", new OrderId(1));
    private static readonly AccessKey _other = AccessKey.Of("a cart's secret", new OrderId(2));

    [Fact]
    public void The_orders_of_guests_open_to_no_guest_without_a_key() =>
        Assert.False(new OrderAccess(null, default, IsStaff: false).Opens(null, _key.Hash));

    [Fact]
    public void A_key_opens_the_order_that_it_was_made_for_and_no_other()
    {
        var access = new OrderAccess(null, _key, IsStaff: false);

        Assert.True(access.Opens(null, _key.Hash));
        Assert.False(access.Opens(null, _other.Hash));
        Assert.False(access.Opens(new CustomerId(7), _other.Hash));
    }

    [Fact]
    public void A_customer_opens_their_own()
    {
        var access = new OrderAccess(new CustomerId(7), default, IsStaff: false);

        Assert.True(access.Opens(new CustomerId(7), _key.Hash));
        Assert.False(access.Opens(new CustomerId(8), _key.Hash));
        Assert.False(access.Opens(null, _key.Hash));
    }

    [Fact]
    public void Staff_opens_all() =>
        Assert.True(new OrderAccess(null, default, IsStaff: true).Opens(new CustomerId(8), _key.Hash));
}
