using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Shop.Data.Accounts.Tokens;

/// <summary>A pair of keys on the curve P-256.</summary>
/// <param name="key">With its private half, or without.</param>
/// <param name="canSign">Whether this node could open the private half.</param>
/// <param name="createdAt">From when on it signs.</param>
internal sealed class SigningKey(ECDsaSecurityKey key, bool canSign, DateTimeOffset createdAt)
{
    // The secret is random: there is nothing to guess that rounds would slow down.
    private static readonly PbeParameters _encryption = new(
        PbeEncryptionAlgorithm.Aes256Cbc,
        HashAlgorithmName.SHA256,
        iterationCount: 10_000
    );

    /// <summary>The header <c>kid</c> of its tokens.</summary>
    public string Id => key.KeyId;

    /// <summary>What verifies, and signs where <see cref="CanSign"/>.</summary>
    public ECDsaSecurityKey Key => key;

    /// <summary>Whether this node could open the private half.</summary>
    public bool CanSign => canSign;

    /// <summary>From when on it signs.</summary>
    public DateTimeOffset CreatedAt => createdAt;

    /// <summary>A new pair, as it is stored.</summary>
    public static (string Id, byte[] Public, byte[] Private) Make(string secret)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9)),
            pair.ExportSubjectPublicKeyInfo(),
            pair.ExportEncryptedPkcs8PrivateKey(secret, _encryption)
        );
    }

    /// <summary>From what is stored. With another secret than it was made with, it only verifies.</summary>
    public static SigningKey Read(SigningKeyRow row, string secret)
    {
        var pair = ECDsa.Create();
        bool canSign;
        try
        {
            pair.ImportEncryptedPkcs8PrivateKey(secret, row.PrivateKey, out _);
            canSign = true;
        }
        catch (CryptographicException)
        {
            pair.ImportSubjectPublicKeyInfo(row.PublicKey, out _);
            canSign = false;
        }

        return new(new(pair) { KeyId = row.Id }, canSign, row.CreatedAt);
    }
}
