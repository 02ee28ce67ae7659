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
            "ok" => new CartResult.Done(CartOf(cart, reply[1])),
            "not-found" => new CartResult.NotFound(),
            "owned" => new CartResult.OtherOwner(),
            "version" => new CartResult.VersionConflict((int)reply[1]),
            "line" => new CartResult.LineNotFound((int)reply[1]),
            "too-many-lines" => new CartResult.TooManyLines((int)reply[1]),
            "too-large" => new CartResult.QuantityTooLarge((int)reply[1]),
            "key" => new CartResult.KeyConflict(),
            "too-many-codes" => new CartResult.TooManyCodes(),
            "currency" => new CartResult.OtherCurrency((int)reply[1]),
            var status => throw new InvalidOperationException($"A cart script answered {status}."),
        };

    private static Cart CartOf(CartId cart, RedisResult stored)
    {
        var meta = new Dictionary<string, RedisResult>();
        var slots = new List<(int Slot, string Line)>();
        for (var i = 0; i < stored.Length; i += 2)
        {
            var field = (string)stored[i]!;
            if (!char.IsAsciiDigit(field[0]))
            {
                meta.Add(field, stored[i + 1]);
            }
            else if ((string)stored[i + 1]! is { Length: > 0 } line)
            {
                slots.Add((int.Parse(field, CultureInfo.InvariantCulture), line));
            }
        }

        var (currency, ticks) = ((string)meta["currency"]!, (byte[])meta["ticks"]!);
        return new(
            cart,
            (int)meta["version"],
            currency,
            [
                .. slots
                    .Select(slot => LineOf(slot.Slot, slot.Line, IsSet(ticks, slot.Slot), currency))
                    .OrderBy(line => line.Added)
                    .ThenBy(line => line.Line.Id.Slot)
                    .Select(line => line.Line),
            ],
            Time(meta["updated_at"]),
            Time(meta["expires_at"])
        )
        {
            Codes = meta.TryGetValue("codes", out var codes)
                ? ((string)codes!).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                : [],
            Destination = meta.TryGetValue("destination", out var destination)
                ? CartArguments.DestinationOf((string)destination!)
                : null,
            Shipping =
                meta.TryGetValue("shipping", out var shipping) && (string)shipping! is { Length: > 0 } method
                    ? new((long)Number(method))
                    : null,
        };
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
