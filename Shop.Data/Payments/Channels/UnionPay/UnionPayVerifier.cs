using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>
/// Tells UnionPay's messages from others: each brings the certificate that has signed it, which counts where it leads to one of the
/// roots and is in UnionPay's own name.
/// </summary>
internal sealed class UnionPayVerifier(UnionPayOptions options, bool isProduction, TimeProvider clock)
{
    private const string Owner = "中国银联股份有限公司";
    private const string OwnerOfTests = "00040000:SIGN";

    private readonly List<KeyFile<X509Certificate2>> _roots = [.. options.RootFiles.Select(Certificate)];
    private readonly List<KeyFile<X509Certificate2>> _middle = [.. options.MiddleFiles.Select(Certificate)];

    /// <summary>Reads the files.</summary>
    /// <exception cref="KeyFileException">One can't be read.</exception>
    public void Check() => _roots.Concat(_middle).ToList().ForEach(file => _ = file.Key);

    /// <summary>UnionPay's certificates above the one that signs: the roots, and those below them.</summary>
    public (IEnumerable<X509Certificate2> Roots, IEnumerable<X509Certificate2> Middle) Certificates =>
        (_roots.Select(file => file.Key), _middle.Select(file => file.Key));

    /// <summary>Whether UnionPay has signed a message.</summary>
    public bool IsSigned(UnionPayMessage message)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(message.Text("signPubKeyCert"));
            using var key = certificate.GetRSAPublicKey();
            return key is not null
                && key.VerifyData(
                    message.SignedText(),
                    Convert.FromBase64String(message.Text(UnionPayMessage.Signature) ?? ""),
                    HashAlgorithmName.SHA256,
                    RSASignaturePadding.Pkcs1
                )
                && IsOwned(certificate)
                && LeadsToRoot(certificate);
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private bool IsOwned(X509Certificate2 certificate) =>
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false).Split('@') is [_, _, var owner, ..]
        && (owner == Owner || !isProduction && owner == OwnerOfTests);

    private bool LeadsToRoot(X509Certificate2 certificate)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationTime = clock.GetUtcNow().LocalDateTime,
                VerificationTimeIgnored = false,
            },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots.Select(file => file.Key).ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(_middle.Select(file => file.Key).ToArray());
        return chain.Build(certificate);
    }

    private static KeyFile<X509Certificate2> Certificate(string path) =>
        new(path, bytes => X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(bytes)));
}
