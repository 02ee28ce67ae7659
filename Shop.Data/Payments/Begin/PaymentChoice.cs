using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Begin;

/// <summary>Which accounts take an amount: what a customer is offered, and what a begin goes by.</summary>
public sealed class PaymentChoice(PaymentAccounts accounts, TimeProvider clock)
{
    private static readonly TimeSpan _breakerOpen = TimeSpan.FromSeconds(30);

    /// <summary>The channels that take an amount, each once, in the order of the settings.</summary>
    /// <param name="total">What is to be paid.</param>
    public IReadOnlyList<PaymentOffer> For(Money total) =>
        [
            .. accounts
                .All.Where(account => Takes(account, total))
                .GroupBy(account => account.Traits.Code)
                .Select(channel => new PaymentOffer(
                    channel.Key,
                    [.. channel.SelectMany(account => account.Traits.Methods).Distinct()],
                    channel.First().Traits.Range(total.Currency)!.Value,
                    channel.Any(account => account.IsAvailable)
                )),
        ];

    /// <summary>The account that takes a payment, or why none does.</summary>
    internal (PaymentAccount? Account, BeginPaymentResult? Refusal) Choose(
        Money total,
        PaymentChannelCode channel,
        PaymentMethod method
    )
    {
        var ofChannel = accounts.All.Where(account => account.Traits.Code == channel).ToList();
        var offering = ofChannel.FindAll(account => account.Traits.Methods.Contains(method));
        if (ofChannel.Count > 0 && offering.Count == 0)
        {
            return (null, new BeginPaymentResult.MethodNotSupported());
        }

        var inCurrency = offering.FindAll(account =>
            account.Traits.Range(total.Currency) is not null && account.Traits.CanSay(total)
        );
        if (ofChannel.Count > 0 && inCurrency.Count == 0)
        {
            return (null, new BeginPaymentResult.CurrencyNotSupported());
        }

        var taking = inCurrency.FindAll(account => Takes(account, total));
        return taking.Find(account => account.IsAvailable) is { } account ? (account, null)
            : inCurrency.Count > 0 && taking.Count == 0
                ? (
                    null,
                    new BeginPaymentResult.AmountOutOfRange(inCurrency[0].Traits.Range(total.Currency)!.Value)
                )
            : (
                null,
                new BeginPaymentResult.ChannelUnavailable(
                    clock.GetUtcNow() + _breakerOpen,
                    [
                        .. For(total)
                            .Where(offer => offer.IsAvailable && offer.Channel != channel)
                            .Select(offer => offer.Channel),
                    ]
                )
            );
    }

    private static bool Takes(PaymentAccount account, Money total) =>
        account.Traits.Range(total.Currency) is { } range
        && total.Minor >= range.Min
        && total.Minor <= range.Max
        && account.Traits.CanSay(total);
}

/// <summary>A channel that takes a payment.</summary>
/// <param name="Channel">Which.</param>
/// <param name="Methods">How the customer can pay there.</param>
/// <param name="Range">What it takes at once, in minor units of the payment's currency.</param>
/// <param name="IsAvailable">Whether it answers at this time.</param>
public sealed record PaymentOffer(
    PaymentChannelCode Channel,
    IReadOnlyList<PaymentMethod> Methods,
    AmountRange Range,
    bool IsAvailable
);
