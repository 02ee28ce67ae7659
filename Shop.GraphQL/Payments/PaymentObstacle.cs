using Shop.Data.Payments.Begin;
using Shop.GraphQL.Carts;

namespace Shop.GraphQL.Payments;

/// <summary>What no channel takes, as carts and their orders ask for it.</summary>
internal static class PaymentObstacle
{
    public static WhyUnpayable Of(IServiceProvider services)
    {
        var choice = services.GetRequiredService<PaymentChoice>();
        return (total, field) =>
            choice.WhyNone(total) switch
            {
                null => null,
                { Range: { } range } => Outside(
                    new(range.Min, total.Currency),
                    new(range.Max, total.Currency),
                    field
                ),
                _ => new CurrencyNotSupported
                {
                    Message = "No payment channel of the shop takes this amount in its currency.",
                    Field = field,
                },
            };
    }

    private static AmountOutOfRange Outside(Money min, Money max, IReadOnlyList<string>? field) =>
        new(min, max)
        {
            Message =
                $"The shop's payment channels take from {min.Amount} to {max.Amount} {max.Currency} at once.",
            Field = field,
        };
}
