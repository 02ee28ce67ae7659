using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Data.Payments;

/// <summary>
/// Goes to a channel with a payment and comes back with its notice: <c>{biz_id}:{timestamp}:{nonce}:{mac}</c>, at most 107
/// characters.
/// </summary>
/// <param name="BizId">The order, or the refund.</param>
/// <param name="FirstSeenAt">When its key was first used, to the second.</param>
/// <param name="Nonce">The client's idempotency key.</param>
public sealed record PaymentToken(long BizId, DateTimeOffset FirstSeenAt, Guid Nonce)
{
    /// <summary>Writes it down.</summary>
    /// <param name="secret">Signs it.</param>
    public string Sign(ReadOnlySpan<byte> secret)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{BizId}:{FirstSeenAt.ToUnixTimeSeconds()}:{Nonce:n}"
        );
        return $"{text}:{Mac(text, secret)}";
    }

    /// <summary>Reads one that has come back.</summary>
    /// <returns>Null where none of the secrets has signed it.</returns>
    public static PaymentToken? Read(string? text, IReadOnlyList<byte[]> secrets)
    {
        if (
            text?.Split(':') is not [var id, var second, var nonce, var mac]
            || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var biz)
            || !long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || !Guid.TryParseExact(nonce, "n", out var key)
        )
        {
            return null;
        }

        var signed = text[..^(mac.Length + 1)];
        return secrets.Any(secret => IsSame(mac, Mac(signed, secret)))
            ? new(biz, DateTimeOffset.FromUnixTimeSeconds(at), key)
            : null;
    }

    private static string Mac(string text, ReadOnlySpan<byte> secret) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(text)));

    private static bool IsSame(string told, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(told), Encoding.UTF8.GetBytes(right));
}
