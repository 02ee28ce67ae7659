using System.Globalization;
using StackExchange.Redis;

namespace Shop.Data.Carts.Scripts;

/// <summary>Values in the order in which the scripts read them.</summary>
internal static class CartArguments
{
    public static RedisValue Of(TimeSpan time) => (long)time.TotalMilliseconds;

    /// <summary>As <c>Cart.lua</c> keeps it; empty for none.</summary>
    public static RedisValue Of(Destination? destination) =>
        destination is null ? "" : $"{destination.Country}:{destination.Region}:{destination.PostalCode}";

    /// <summary>As <c>Cart.lua</c> keeps it; empty for none.</summary>
    public static RedisValue Of(ShippingMethodId? method) => method is { Value: var number } ? number : "";

    /// <summary>Reads what is kept of where a cart goes.</summary>
    public static Destination? DestinationOf(string kept) =>
        kept.Split(':', 3) is [var country, var region, var postalCode]
            ? new(country, Destination.Known(region), Destination.Known(postalCode))
            : null;

    /// <summary>For <c>Fill.lua</c>; what is new is ticked.</summary>
    public static IEnumerable<RedisValue> Of(IReadOnlyList<CartItem> items) =>
        items.SelectMany(item =>
            new RedisValue[]
            {
                item.Variant.Value,
                item.Quantity,
                item.Steps.Count == 0 ? item.Price.Minor : Of(item.Steps),
                item.Price.Currency,
                item.Sku,
                "1",
            }
        );

    /// <summary>For <c>Fill.lua</c>; lines that move to another cart bring their ticks.</summary>
    public static IEnumerable<RedisValue> Of(IReadOnlyList<CartLine> lines) =>
        lines.SelectMany(line =>
            new RedisValue[]
            {
                line.Id.Variant.Value,
                line.Quantity,
                line.SeenPrice.Minor,
                line.SeenPrice.Currency,
                line.Sku,
                line.IsSelected ? "1" : "0",
            }
        );

    public static IEnumerable<RedisValue> Of(IReadOnlyList<CartLineChange> changes) =>
        changes.SelectMany(change =>
            new RedisValue[]
            {
                change.Line.Slot,
                change.Line.Variant.Value,
                change.Quantity,
                change.Price.Minor,
            }
        );

    public static IEnumerable<RedisValue> Of(IReadOnlyList<CartLineId> lines) =>
        lines.SelectMany(line => new RedisValue[] { line.Slot, line.Variant.Value });

    private static RedisValue Of(IReadOnlyList<PriceStep> steps) =>
        string.Join(
            ' ',
            steps.Select(step =>
                string.Create(CultureInfo.InvariantCulture, $"{step.MinUnits}={step.Price.Minor}")
            )
        );
}
