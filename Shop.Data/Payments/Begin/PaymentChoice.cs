using Shop.Data.Payments.Channels;

namespace Shop.Data.Payments.Begin;

/// <summary>Which accounts take an amount: what a customer is offered, and what a begin goes by.</summary>
public sealed class PaymentChoice(PaymentAccounts accounts, TimeProvider clock)
{
    // To look again at a channel that the shop has no account at.
    private static readonly TimeSpan _nobody = TimeSpan.FromSeconds(30);

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

    /// <summary>
    /// Why no channel of the shop takes an amount, whether it answers at this time or not. Null where one does, and where the
    /// question is none: there is nothing to pay, or the shop has no channel.
    /// </summary>
    /// <param name="total">What is to be paid.</param>
    public NoChannel? WhyNone(Money total)
    {
        if (total.Minor == 0 || accounts.All.Count == 0 || accounts.All.Any(account => Takes(account, total)))
        {
            return null;
        }

        var ranges = accounts
            .All.Where(account => account.Traits.CanSay(total))
            .Select(account => account.Traits.Range(total.Currency))
            .OfType<AmountRange>()
            .ToList();
        return new(
            ranges.Count == 0 ? null : new(ranges.Min(range => range.Min), ranges.Max(range => range.Max))
        );
    }

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
                    clock.GetUtcNow()
                        + taking.Select(one => one.Breaker.Terms.Open).DefaultIfEmpty(_nobody).Min(),
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

/// <summary>No channel of the shop takes an amount.</summary>
/// <param name="Range">The least and the most that any of them takes of its currency; null where none can say it.</param>
public sealed record NoChannel(AmountRange? Range);

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
