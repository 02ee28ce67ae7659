using System.Text.Json;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Orders;

/// <summary>A shop that sells one tea pot, and how clients buy it over HTTP.</summary>
internal static class TeaPots
{
    private const string File = """
        sku,product_code,title,list_price_gbp,units_sold,first_sold_on
        TEAPOT,TEAPOT,English Tea Pot,4.25,100,2011-01-01
        """;

    private const string CartCreate = """
        mutation($units: Int!) {
          cartCreate(input: {lines: [{variant: {sku: "TEAPOT"}, quantity: $units}]}) { cart { id } problems { message } }
        }
        """;

    private const string OrderPlace = """
        mutation($key: UUID!, $cart: ID!, $email: String!) {
          orderPlace(input: {
            idempotencyKey: $key, cartId: $cart, email: $email
            shippingAddress: {name: "Ada", line1: "1 Hill", city: "London", postalCode: "N1", countryCode: "GB"}
          }) {
            replayed accessKey order { id number }
            problems { code message field ... on Throttled { pollAfter } }
          }
        }
        """;

    /// <summary>Puts it on the shelf; again, and there is the same number of it.</summary>
    public static async Task StockAsync(ShopFixture shop, int units)
    {
        await shop.ImportAsync(File, _ => units);
        await shop.ReplicaCaughtUpAsync();
    }

    /// <returns>The id of a new cart with that many in it.</returns>
    public static async Task<string> CartAsync(ShopNode node, int units = 1)
    {
        var answer = await node.AskAsync(CartCreate, new { units });
        return answer.GetProperty("cartCreate").GetProperty("cart").GetProperty("id").GetString()!;
    }

    public static async Task<Answer> PlaceAsync(
        ShopNode node,
        Guid key,
        string cart,
        string email = "ada@example.org"
    )
    {
        var variables = new
        {
            key,
            cart,
            email,
        };
        return new((await node.AskAsync(OrderPlace, variables)).GetProperty("orderPlace"));
    }

    /// <summary>What <c>orderPlace</c> said.</summary>
    internal sealed record Answer(JsonElement Payload)
    {
        /// <summary>What a client keeps of its order; null where none was placed.</summary>
        public (string Id, string Number, string AccessKey)? Order =>
            Payload.GetProperty("order") is { ValueKind: JsonValueKind.Object } order
                ? (
                    order.GetProperty("id").GetString()!,
                    order.GetProperty("number").GetString()!,
                    Payload.GetProperty("accessKey").GetString()!
                )
                : null;

        public bool IsReplayed => Payload.GetProperty("replayed").GetBoolean();

        /// <summary>The first problem.</summary>
        public JsonElement Problem => Payload.GetProperty("problems")[0];

        /// <summary>Its code, and the input that it is about; null where there is none.</summary>
        public (string Code, string? Field)? Refusal =>
            Payload.GetProperty("problems").GetArrayLength() == 0
                ? null
                : (
                    Problem.GetProperty("code").GetString()!,
                    Problem.GetProperty("field") is { ValueKind: JsonValueKind.Array } path
                        ? path[0].GetString()
                        : null
                );
    }
}
