using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Payments.Channels.Alipay;
using Shop.Data.Payments.Channels.Sandbox;
using Shop.Data.Payments.Channels.Stripe;
using Shop.Data.Payments.Channels.UnionPay;
using Shop.Data.Payments.Channels.WechatPay;

namespace Shop.Data.Payments.Channels;

/// <summary>Registers the channels that a shop can have accounts at.</summary>
internal static class ChannelServices
{
    public static IServiceCollection AddChannels(this IServiceCollection services) =>
        services
            .AddChannel(PaymentChannelCode.WechatPay, (_, account) => new WechatPayChannel(account))
            .AddChannel(PaymentChannelCode.Alipay, (_, account) => new AlipayChannel(account))
            .AddChannel(PaymentChannelCode.UnionPay, (_, account) => new UnionPayChannel(account))
            .AddChannel(PaymentChannelCode.Stripe, (_, account) => new StripeChannel(account))
            .AddSingleton<SandboxSecret>()
            .AddSingleton<PaySandboxTrade>()
            .AddChannel(
                PaymentChannelCode.Sandbox,
                (provider, account) =>
                    new SandboxChannel(
                        account,
                        provider.GetRequiredService<Database<PaymentsDb>>(),
                        provider.GetRequiredService<SandboxSecret>()
                    )
            );

    private static IServiceCollection AddChannel(
        this IServiceCollection services,
        PaymentChannelCode code,
        Func<IServiceProvider, ChannelAccount, IPaymentChannel> make
    ) => services.AddSingleton(new ChannelFactory(code, make));
}
