using System.Text.Json;

namespace Shop.Load.Client;

/// <summary>An order that the shop has accepted, and the key that shows it to whoever placed it.</summary>
internal readonly record struct PlacedOrder(string Id, string AccessKey);

/// <summary>The two calls of a purchase, as their answers say it.</summary>
internal static class Placed
{
    /// <summary>The input of <c>cartCreate</c>.</summary>
    public static object Cart(IEnumerable<(string Sku, int Quantity)> lines) =>
        new
        {
            input = new
            {
                lines = lines.Select(line => new
                {
                    variant = new { sku = line.Sku },
                    quantity = line.Quantity,
                }),
            },
        };

    /// <summary>The input of <c>orderPlace</c>, with a new key.</summary>
    public static object Order(string cart, int shopper) =>
        new
        {
            input = new
            {
                idempotencyKey = Guid.CreateVersion7(),
                cartId = cart,
                email = $"shopper-{shopper}@example.com",
                shippingAddress = new
                {
                    name = $"Shopper {shopper}",
                    line1 = "1 Clock Street",
                    city = "Greenwich",
                    postalCode = "SE10 8XJ",
                    countryCode = "GB",
                },
            },
        };

    /// <summary>The input of <c>orderCancel</c>.</summary>
    public static object Cancellation(PlacedOrder order, Guid key) =>
        new
        {
            input = new
            {
                idempotencyKey = key,
                order = new { id = order.Id },
                accessKey = order.AccessKey,
            },
        };

    /// <summary>The cart's id; null, and why, if there is none.</summary>
    public static (string? CartId, string? Problem) ReadCart(JsonElement data)
    {
        var payload = data.GetProperty("cartCreate");
        var cart = payload.GetProperty("cart");
        return cart.ValueKind == JsonValueKind.Null
            ? (null, GraphAnswer.Problem(payload))
            : (cart.GetProperty("id").GetString(), null);
    }

    /// <summary>The order; null, and why, if there is none.</summary>
    public static (PlacedOrder? Order, string? Problem) ReadOrder(JsonElement data)
    {
        var payload = data.GetProperty("orderPlace");
        var order = payload.GetProperty("order");
        return order.ValueKind == JsonValueKind.Null
            ? (null, GraphAnswer.Problem(payload))
            : (
                new PlacedOrder(
                    order.GetProperty("id").GetString()!,
                    payload.GetProperty("accessKey").GetString()!
                ),
                null
            );
    }
}
