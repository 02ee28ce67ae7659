using System.Globalization;
using StackExchange.Redis;

namespace Shop.Data.Carts.Scripts;

/// <summary>Reads what a cart script returns (see <c>Cart.lua</c>).</summary>
internal static class CartReply
{
    /// <exception cref="InvalidOperationException">A status that no script gives.</exception>
    public static CartResult Read(CartId cart, RedisResult reply) =>
        (string)reply[0]! switch
        {
            "ok" => new CartResult.Done(CartOf(cart, reply)),
            "not-found" => new CartResult.NotFound(),
            "owned" => new CartResult.OtherOwner(),
            "version" => new CartResult.VersionConflict((int)reply[1]),
            "line" => new CartResult.LineNotFound((int)reply[1]),
            "too-many-lines" => new CartResult.TooManyLines((int)reply[1]),
            "too-large" => new CartResult.QuantityTooLarge((int)reply[1]),
            "currency" => new CartResult.OtherCurrency((int)reply[1]),
            var status => throw new InvalidOperationException($"A cart script answered {status}."),
        };

    private static Cart CartOf(CartId cart, RedisResult reply)
    {
        var currency = (string)reply[2]!;
        return new(
            cart,
            (int)reply[1],
            currency,
            LinesOf(reply[6], (byte[])reply[5]!, currency),
            Time(reply[3]),
            Time(reply[4])
        );
    }

    private static CartLine[] LinesOf(RedisResult stored, byte[] ticks, string currency)
    {
        var lines = new (int Added, CartLine Line)[stored.Length / 2];
        for (var i = 0; i < lines.Length; i++)
        {
            var slot = (int)stored[2 * i];
            lines[i] = LineOf(slot, (string)stored[2 * i + 1]!, IsSet(ticks, slot), currency);
        }

        Array.Sort(lines, (a, b) => (a.Added, a.Line.Id.Slot).CompareTo((b.Added, b.Line.Id.Slot)));
        return Array.ConvertAll(lines, line => line.Line);
    }

    private static (int Added, CartLine Line) LineOf(int slot, string stored, bool selected, string currency)
    {
        // variant:quantity:seen price:added:changed:sku
        var part = stored.Split(':', 6);
        var line = new CartLine(
            new(slot, new((long)Number(part[0]))),
            Sku: part[5],
            Quantity: (int)Number(part[1]),
            SeenPrice: new Money(Number(part[2]), currency),
            selected
        );
        return ((int)Number(part[3]), line);
    }

    // Redis counts the bits of a byte from its highest.
    private static bool IsSet(byte[] ticks, int slot) =>
        slot / 8 < ticks.Length && (ticks[slot / 8] >> (7 - slot % 8) & 1) == 1;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(RedisResult milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
}
