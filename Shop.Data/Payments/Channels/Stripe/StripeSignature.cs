using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Data.Payments.Channels.Stripe;

/// <summary>
/// The header <c>Stripe-Signature</c>: <c>t=…,v1=…[,v1=…]</c>, the hex HMAC-SHA256 of <c>t.body</c> by each secret that is in force.
/// </summary>
internal static class StripeSignature
{
    private static readonly TimeSpan _tolerance = TimeSpan.FromSeconds(300);

    /// <summary>Why a notice is not Stripe's, or not of now; null where it is.</summary>
    public static string? Refuse(
        string? header,
        ReadOnlySpan<byte> body,
        IEnumerable<string> secrets,
        DateTimeOffset now
    )
    {
        var fields = (header ?? "").Split(',').Select(field => field.Split('=', 2)).ToLookup(At0, At1);
        var told = fields["t"].FirstOrDefault();
        if (!long.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var second))
        {
            return "it has no signature";
        }

        var signed = (byte[])[.. Encoding.ASCII.GetBytes($"{told}."), .. body];
        var isSigned = secrets
            .Select(secret => HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), signed))
            .Any(mac => fields["v1"].Any(hex => IsHexOf(hex, mac)));
        return !isSigned ? "its signature does not hold"
            : Math.Abs(now.ToUnixTimeSeconds() - (decimal)second) > (decimal)_tolerance.TotalSeconds
                ? "it is not of now"
            : null;

        static string At0(string[] field) => field[0].Trim();
        static string At1(string[] field) => field.Length == 2 ? field[1] : "";
    }

    private static bool IsHexOf(string hex, byte[] mac) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(hex),
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(mac))
        );
}
