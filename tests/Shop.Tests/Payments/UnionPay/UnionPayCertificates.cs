using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shop.Channels.Wires;

namespace Shop.Tests.Payments.UnionPay;

/// <summary>Certificates such as UnionPay's: a root, one between, and what they sign.</summary>
internal sealed class UnionPayCertificates
{
    public const string Owner = "041@8310000000083040@中国银联股份有限公司@00016493";

    private static readonly DateTimeOffset _from = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset _until = new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RSA _middleKey = RsaKeyPool.Get("UnionPay: middle");

    public UnionPayCertificates()
    {
        using var rootKey = RsaKeyPool.Get("UnionPay: root");
        Root = Authority("CN=Test Root", rootKey).CreateSelfSigned(_from, _until);
        Middle = Authority("CN=Test Middle", _middleKey)
            .Create(
                Root.SubjectName,
                X509SignatureGenerator.CreateForRSA(rootKey, RSASignaturePadding.Pkcs1),
                _from,
                _until,
                [2]
            );
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Middle { get; }

    /// <summary>One that the middle has signed.</summary>
    public X509Certificate2 Sign(
        string owner,
        RSA key,
        byte[] serial,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null
    ) =>
        new CertificateRequest(
            $"CN={owner}",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        ).Create(
            Middle.SubjectName,
            X509SignatureGenerator.CreateForRSA(_middleKey, RSASignaturePadding.Pkcs1),
            from ?? _from,
            until ?? _until,
            serial
        );

    private static CertificateRequest Authority(string name, RSA key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true,
                hasPathLengthConstraint: false,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        return request;
    }
}
