using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Shop.Data.Payments.Channels.UnionPay;

/// <summary>The merchant's certificate and its private key: what signs.</summary>
/// <param name="certificate">Has both.</param>
internal sealed class UnionPayCertificate(X509Certificate2 certificate)
{
    private readonly RSA _key =
        certificate.GetRSAPrivateKey() ?? throw new CryptographicException("There is no RSA key.");

    /// <summary>Its serial number, as messages name it: decimal.</summary>
    public string Id { get; } =
        new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true).ToString(
            System.Globalization.CultureInfo.InvariantCulture
        );

    /// <summary>The length of its key, in bits.</summary>
    public int KeySize => _key.KeySize;

    /// <summary>The certificate; UnionPay does not take it after its end.</summary>
    public X509Certificate2 Certificate => certificate;

    /// <summary>Reads one, and its key, of a PEM file.</summary>
    public static UnionPayCertificate Read(byte[] pem)
    {
        var text = Encoding.ASCII.GetString(pem);
        return new(X509Certificate2.CreateFromPem(text, text));
    }

    /// <summary>Names itself in a message, and signs it.</summary>
    public void Sign(UnionPayMessage message)
    {
        message["certId"] = Id;
        message[UnionPayMessage.Signature] = Convert.ToBase64String(
            _key.SignData(message.SignedText(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        );
    }
}
