using System.Buffers.Text;
using System.Globalization;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Orders.Keys;

/// <summary>
/// What lets a guest read, watch and cancel an order without signing in. It follows from the cart's secret and the order,
/// so a replayed placement gives the same key again although only its hash is stored.
/// </summary>
/// <param name="Text">22 characters of base64url: 128 bits.</param>
public readonly record struct AccessKey(string Text)
{
    private const int Bytes = 16;

    /// <summary>What is stored, and compared in the <c>where</c>.</summary>
    public byte[] Hash => Fingerprint.Of("shop.access-key.hash", Text);

    /// <summary>On whose behalf a guest reads and writes, for <see cref="Storage.WritePositions"/>.</summary>
    public string Subject => Convert.ToHexString(Hash);

    /// <summary>The key of an order that was made from a cart.</summary>
    /// <param name="cartSecret">The cart's id: 128 random bits that only its shopper has.</param>
    /// <param name="order">The order.</param>
    public static AccessKey Of(string cartSecret, OrderId order)
    {
        var hash = Fingerprint.Of(
            "shop.access-key",
            cartSecret,
            order.Value.ToString(CultureInfo.InvariantCulture)
        );
        return new(Base64Url.EncodeToString(hash.AsSpan(0, Bytes)));
    }
}
