using Shop.Channels.Alipay;
using Shop.Channels.Stripe;
using Shop.Channels.UnionPay;
using Shop.Channels.WechatPay;

namespace Shop.Channels.Wires;

/// <summary>Every wire that is simulated: a new one has its line here.</summary>
internal static class AllWires
{
    public static IReadOnlyList<Func<World, Wire>> Makers { get; } =
    [
        world => new WechatPayWire(world),
        world => new AlipayWire(world),
        world => new UnionPayWire(world),
        world => new StripeWire(world),
    ];
}
