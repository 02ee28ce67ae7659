using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Shop.Data.Payments.Channels.Alipay;

/// <summary>The keys of an account: one that signs, several that verify, and, in certificate mode, the names of certificates.</summary>
internal sealed class AlipayKeys(AlipayOptions options)
{
    private readonly KeyFile<RSA> _signs = new(options.KeyFile, RsaKeys.Private);
    private readonly KeyFile<RSA>[] _publicKeys =
    [
        .. options.PublicKeyFiles.Select(path => new KeyFile<RSA>(path, RsaKeys.Public)),
    ];
    private readonly KeyFile<CertifiedKey>[] _certificates =
    [
        .. options.AlipayCertificateFiles.Select(path => new KeyFile<CertifiedKey>(path, RsaKeys.Certified)),
    ];
    private readonly KeyFile<CertifiedKey>? _app = options.CertificateFile is { } app
        ? new(app, RsaKeys.Certified)
        : null;
    private readonly KeyFile<string>? _roots = options.RootCertificateFile is { } roots
        ? new(roots, RootNames)
        : null;

    /// <summary>Signs.</summary>
    public RSA Signing => _signs.Key;

    /// <summary>All that verify.</summary>
    public IEnumerable<RSA> Verifying =>
        _publicKeys.Select(file => file.Key).Concat(_certificates.Select(file => file.Key.Key));

    /// <summary>When the app's certificate ends, or the last of Alipay's; null where keys go without.</summary>
    public DateTimeOffset? ExpiresAt =>
        _app is null ? null
        : _publicKeys.Length > 0 ? _app.Key.Certificate.End()
        : RsaKeys.FirstEnd([_app.Key.Certificate], _certificates.Select(file => file.Key.Certificate));

    /// <summary>The name of the app's certificate (<c>app_cert_sn</c>); null where keys go without.</summary>
    public string? AppName => _app is null ? null : Name(_app.Key.Certificate);

    /// <summary>The names of Alipay's roots (<c>alipay_root_cert_sn</c>); null where keys go without.</summary>
    public string? RootNamesOrNull => _roots?.Key;

    /// <summary>Whether one of Alipay's keys has signed bytes.</summary>
    public bool Verify(ReadOnlySpan<byte> text, string signature)
    {
        foreach (var key in Verifying)
        {
            if (RsaKeys.Verify(key, text, signature))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What Alipay calls a certificate: the MD5 of its issuer and its number.</summary>
    public static string Name(X509Certificate2 certificate)
    {
        var issuer = certificate
            .IssuerName.EnumerateRelativeDistinguishedNames(reversed: true)
            .Select(part => $"{ShortName(part.GetSingleElementType())}={part.GetSingleElementValue()}");
        var number = new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true);
        var text = string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', issuer)}{number}");
        return Convert.ToHexStringLower(
            CryptographicOperations.HashData(HashAlgorithmName.MD5, Encoding.UTF8.GetBytes(text))
        );
    }

    // Its file holds roots of SM2, too, which do not count.
    private static string RootNames(byte[] file)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(Encoding.UTF8.GetString(file));
        return string.Join('_', roots.Where(IsRsa).Select(Name));
    }

    private static bool IsRsa(X509Certificate2 certificate) =>
        certificate.SignatureAlgorithm.Value?.StartsWith("1.2.840.113549.1.1.", StringComparison.Ordinal)
        == true;

    private static string ShortName(Oid type) =>
        type.Value switch
        {
            "2.5.4.3" => "CN",
            "2.5.4.11" => "OU",
            "2.5.4.10" => "O",
            "2.5.4.6" => "C",
            "2.5.4.7" => "L",
            "2.5.4.8" => "ST",
            var other => other ?? "",
        };
}
