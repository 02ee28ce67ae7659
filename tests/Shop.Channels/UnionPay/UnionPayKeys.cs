using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shop.Channels.Wires;

namespace Shop.Channels.UnionPay;

/// <summary>Certificates of a UnionPay of its own: root, middle, the one that signs, the merchant's; and one of a forger.</summary>
internal sealed class UnionPayKeys
{
    private const string Owner = "041@8310000000083040@中国银联股份有限公司@00016493";

    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _until;

    public UnionPayKeys(KeyFolder folder, DateTimeOffset now)
    {
        (_from, _until) = (now.AddDays(-30), now.AddYears(5));
        using var rootKey = RsaKeyPool.Get("UnionPay: root");
        using var middleKey = RsaKeyPool.Get("UnionPay: middle");
        using var merchantKey = RsaKeyPool.Get("UnionPay: merchant");
        var root = Authority("CN=Simulated Root CA", rootKey).CreateSelfSigned(_from, _until);
        var middle = Sign(Authority("CN=Simulated Middle CA", middleKey), root.SubjectName, rootKey, 2);
        Signer = WithKey(middle.SubjectName, middleKey, Owner, 69629715588);
        Forger = SelfSigned(Owner);
        Merchant = Sign(Request("CN=merchant", merchantKey), middle.SubjectName, middleKey, 68759663125);
        MerchantFile = folder.Write(
            "union-pay-merchant.pem",
            $"{Merchant.ExportCertificatePem()}\n{merchantKey.ExportPkcs8PrivateKeyPem()}\n"
        );
        RootFile = folder.Write("union-pay-root.pem", root.ExportCertificatePem());
        MiddleFile = folder.Write("union-pay-middle.pem", middle.ExportCertificatePem());
    }

    /// <summary>Signs what UnionPay says.</summary>
    public X509Certificate2 Signer { get; }

    /// <summary>In UnionPay's name, but nobody has signed it.</summary>
    public X509Certificate2 Forger { get; }

    /// <summary>The merchant's: UnionPay knows it by its serial number.</summary>
    public X509Certificate2 Merchant { get; }

    /// <summary>The same number, decimal.</summary>
    public string MerchantId =>
        new BigInteger(Merchant.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true).ToString(
            CultureInfo.InvariantCulture
        );

    public string MerchantFile { get; }

    public string RootFile { get; }

    public string MiddleFile { get; }

    private X509Certificate2 WithKey(X500DistinguishedName issuer, RSA issuerKey, string owner, long serial)
    {
        var key = RsaKeyPool.Get("UnionPay: signer");
        return Sign(Request($"CN={owner}", key), issuer, issuerKey, serial).CopyWithPrivateKey(key);
    }

    private X509Certificate2 SelfSigned(string owner) =>
        Request($"CN={owner}", RsaKeyPool.Get("stranger")).CreateSelfSigned(_from, _until);

    private X509Certificate2 Sign(
        CertificateRequest request,
        X500DistinguishedName issuer,
        RSA issuerKey,
        long serial
    ) =>
        request.Create(
            issuer,
            X509SignatureGenerator.CreateForRSA(issuerKey, RSASignaturePadding.Pkcs1),
            _from,
            _until,
            new BigInteger(serial).ToByteArray(isUnsigned: true, isBigEndian: true)
        );

    private static CertificateRequest Request(string name, RSA key) =>
        new(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static CertificateRequest Authority(string name, RSA key)
    {
        var request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }
}
