using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Shop.Data.Payments.Channels;

/// <summary>RSA with SHA-256, in the forms in which channels hand out keys and signatures.</summary>
internal static class RsaKeys
{
    private const int ShortestBits = 2048;

    /// <summary>Reads the key that signs: PEM, or base64 of PKCS #8 without a frame.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    /// <exception cref="FormatException">It is none.</exception>
    public static RSA Private(byte[] file) =>
        Read(file, "PRIVATE KEY", static (rsa, der) => rsa.ImportPkcs8PrivateKey(der, out _));

    /// <summary>Reads a key that verifies: PEM, or base64 of its info without a frame.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    /// <exception cref="FormatException">It is none.</exception>
    public static RSA Public(byte[] file) =>
        Read(file, "PUBLIC KEY", static (rsa, der) => rsa.ImportSubjectPublicKeyInfo(der, out _));

    /// <summary>Reads a certificate with the key of RSA that it is of: PEM.</summary>
    /// <exception cref="CryptographicException">It is none.</exception>
    public static CertifiedKey Certified(byte[] file) =>
        new(X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(file)));

    /// <summary>Signs bytes, in base64.</summary>
    public static string Sign(RSA key, ReadOnlySpan<byte> text) =>
        Convert.ToBase64String(key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>Whether a key has signed bytes.</summary>
    /// <param name="key">Verifies.</param>
    /// <param name="text">What was signed.</param>
    /// <param name="signature">In base64; what is none is no signature.</param>
    public static bool Verify(RSA key, ReadOnlySpan<byte> text, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && key.VerifyData(
                text,
                bytes.AsSpan(0, length),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            );
    }

    /// <summary>Refuses, in production, keys that can be broken.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">One is shorter than 2048 bits.</exception>
    public static void CheckLength(ChannelAccount account, params IEnumerable<RSA> keys)
    {
        if (account.IsProduction && keys.Any(key => key.KeySize < ShortestBits))
        {
            throw account.Refused("a key of RSA has to have 2048 bits or more.");
        }
    }

    /// <summary>When the first of several kinds of certificates ends; of one kind the last of them counts.</summary>
    public static DateTimeOffset FirstEnd(params IEnumerable<X509Certificate2>[] kinds) =>
        kinds.Where(kind => kind.Any()).Min(kind => kind.Max(End));

    /// <summary>From then on a certificate is not good.</summary>
    public static DateTimeOffset End(this X509Certificate2 certificate) => new(certificate.NotAfter);

    private static RSA Read(byte[] file, string label, Action<RSA, byte[]> bare)
    {
        var text = Encoding.ASCII.GetString(file);
        var rsa = RSA.Create();
        if (text.Contains($"{label}-----", StringComparison.Ordinal))
        {
            rsa.ImportFromPem(text);
        }
        else
        {
            bare(rsa, Convert.FromBase64String(text));
        }

        return rsa;
    }
}

/// <summary>A certificate, and the key of RSA that it is of.</summary>
internal sealed class CertifiedKey(X509Certificate2 certificate)
{
    /// <summary>The certificate.</summary>
    public X509Certificate2 Certificate => certificate;

    /// <summary>Verifies.</summary>
    public RSA Key { get; } =
        certificate.GetRSAPublicKey() ?? throw new CryptographicException("The certificate is not of RSA.");
}
