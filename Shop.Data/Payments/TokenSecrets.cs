using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Shop.Data.Payments;

/// <summary>The secrets of payments' tokens, as the settings have them at this moment: the first signs, all verify.</summary>
/// <param name="options">Where they stand.</param>
/// <param name="settings">Have the secret that a development start makes its own of.</param>
public sealed class TokenSecrets(IOptionsMonitor<PaymentOptions> options, IConfiguration settings)
{
    /// <summary>All that verify; the first signs.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public IReadOnlyList<byte[]> All =>
        options.CurrentValue.TokenSecrets is { Count: > 0 } secrets
            ? [.. secrets.Select(Encoding.UTF8.GetBytes)]
            : [Derived()];

    // Bound to this one use: who learns it learns nothing of what it was made of.
    private byte[] Derived() =>
        settings["Accounts:KeySecret"] is { Length: > 0 } secret && !options.CurrentValue.Production
            ? HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                Encoding.UTF8.GetBytes(secret),
                outputLength: 32,
                info: "shop.payments.token"u8.ToArray()
            )
            : throw new InvalidOperationException("Payments:TokenSecrets is not set.");
}
