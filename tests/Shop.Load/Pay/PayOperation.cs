using Shop.Load.Client;

namespace Shop.Load.Pay;

/// <summary>What a client that pays sends.</summary>
internal static class PayOperation
{
    public static Operation Begin { get; } =
        new(
            "PaymentBegin",
            """
            mutation PaymentBegin($input: PaymentBeginInput!) {
              paymentBegin(input: $input) {
                payment {
                  id
                  status
                  nextAction { __typename ... on RedirectTo { url method fields { name value } } }
                }
                problems { code message }
              }
            }
            """
        );

    public static Operation Check { get; } =
        new(
            "PaymentCheck",
            """
            mutation PaymentCheck($input: PaymentCheckInput!) {
              paymentCheck(input: $input) {
                payment { status }
                problems { code message }
              }
            }
            """
        );

    public static Operation Changed { get; } =
        new(
            "PaymentChanged",
            """
            subscription PaymentChanged($order: ID!, $accessKey: String) {
              paymentChanged(orderId: $order, accessKey: $accessKey) { status }
            }
            """
        );

    /// <summary>The input of <c>paymentBegin</c>.</summary>
    public static object BeginInput(PlacedOrder order, string channel, string method, Guid key) =>
        new
        {
            input = new
            {
                idempotencyKey = key,
                order = new { id = order.Id },
                accessKey = order.AccessKey,
                channel,
                method,
            },
        };
}
