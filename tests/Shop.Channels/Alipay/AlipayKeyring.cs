using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Shop.Channels.Wires;

namespace Shop.Channels.Alipay;

/// <summary>The keys of both sides, made at start: the app's, Alipay's, and certificates of both under a root.</summary>
internal sealed class AlipayKeyring
{
    private const string RootName = "CN=Simulated Root, OU=Certification Authority, O=Channels, C=CN";

    // As Alipay writes it: no blanks.
    private const string RootNameText = "CN=Simulated Root,OU=Certification Authority,O=Channels,C=CN";

    private readonly RSA _app = RsaKeyPool.Get("Alipay: app");
    private readonly RSA _alipay = RsaKeyPool.Get("Alipay");
    private readonly RSA _stranger = RsaKeyPool.Get("stranger");

    public AlipayKeyring(World world)
    {
        using var rootKey = RsaKeyPool.Get("Alipay: root");
        var now = world.Clock.GetUtcNow();
        using var root = Issue(RootName, rootKey, rootKey, now, out var rootNumber);
        using var app = Issue("CN=2021000000000001, O=Shop, C=CN", _app, rootKey, now, out var appNumber);
        using var alipay = Issue("CN=Alipay, O=Alipay, C=CN", _alipay, rootKey, now, out _);
        // A root of another kind of key lies in Alipay's file, too, and does not count.
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = new CertificateRequest(
            "CN=Other Root",
            otherKey,
            HashAlgorithmName.SHA256
        ).CreateSelfSigned(now.AddDays(-1), now.AddYears(5));
        AppName = Name(appNumber);
        RootNames = Name(rootNumber);
        var keyFile = world.Keys.Write(
            "alipay-app-key",
            Convert.ToBase64String(_app.ExportPkcs8PrivateKey())
        );
        Settings = new Dictionary<string, string>
        {
            ["KeyFile"] = keyFile,
            ["PublicKeyFiles:0"] = world.Keys.Write(
                "alipay-public-key",
                Convert.ToBase64String(_alipay.ExportSubjectPublicKeyInfo())
            ),
        };
        CertificateSettings = new Dictionary<string, string>
        {
            ["KeyFile"] = keyFile,
            ["CertificateFile"] = world.Keys.Write("alipay-app.crt", app.ExportCertificatePem()),
            ["RootCertificateFile"] = world.Keys.Write(
                "alipay-roots.crt",
                $"{root.ExportCertificatePem()}\n{other.ExportCertificatePem()}"
            ),
            ["AlipayCertificateFiles:0"] = world.Keys.Write("alipay.crt", alipay.ExportCertificatePem()),
        };
    }

    /// <summary>The files of an account with keys.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The files of an account with certificates.</summary>
    public IReadOnlyDictionary<string, string> CertificateSettings { get; }

    /// <summary>What the app's certificate is called.</summary>
    public string AppName { get; }

    /// <summary>What Alipay's roots are called.</summary>
    public string RootNames { get; }

    /// <summary>Whether the app's key has signed a text.</summary>
    public bool IsApps(string text, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && _app.VerifyData(
                Encoding.UTF8.GetBytes(text),
                bytes.AsSpan(0, length),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            );
    }

    /// <summary>Signs a text with Alipay's key, or with another.</summary>
    public string Sign(string text, bool forged) =>
        Convert.ToBase64String(
            (forged ? _stranger : _alipay).SignData(
                Encoding.UTF8.GetBytes(text),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            )
        );

    private static X509Certificate2 Issue(
        string name,
        RSA key,
        RSA issuer,
        DateTimeOffset now,
        out byte[] number
    )
    {
        number = [0xE1, .. RandomNumberGenerator.GetBytes(15)];
        return new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Create(
            new X500DistinguishedName(RootName),
            X509SignatureGenerator.CreateForRSA(issuer, RSASignaturePadding.Pkcs1),
            now.AddDays(-1),
            now.AddYears(5),
            number
        );
    }

    private static string Name(byte[] number)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{RootNameText}{new BigInteger(number, isUnsigned: true, isBigEndian: true)}"
        );
        return Convert.ToHexStringLower(
            CryptographicOperations.HashData(HashAlgorithmName.MD5, Encoding.UTF8.GetBytes(text))
        );
    }
}
