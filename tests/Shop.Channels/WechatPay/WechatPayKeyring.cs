using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Shop.Channels.Wires;

namespace Shop.Channels.WechatPay;

/// <summary>Which of its keys WeChat Pay signs with.</summary>
public enum WechatPaySigningKey
{
    /// <summary>The one that the call asks for; else the platform certificate's.</summary>
    Asked,

    /// <summary>The platform certificate's.</summary>
    Platform,

    /// <summary>The public key's.</summary>
    Public,

    /// <summary>A fresh platform certificate's, which a shop can only fetch.</summary>
    Fresh,
}

/// <summary>The keys of both sides, made at start: the merchant's, WeChat Pay's platform certificates and public key, the APIv3 key.</summary>
internal sealed class WechatPayKeyring
{
    private const string PublicKeyId = "PUB_KEY_ID_0119000000012026010100000000000001";

    private readonly RSA _merchant = RsaKeyPool.Get("WeChat Pay: merchant");
    private readonly RSA _publicKey = RsaKeyPool.Get("WeChat Pay: public key");
    private readonly RSA _stranger = RsaKeyPool.Get("stranger");
    private readonly X509Certificate2 _merchantCertificate;
    private readonly X509Certificate2 _platform;
    private readonly X509Certificate2 _fresh;
    private readonly byte[] _apiKey = Encoding.ASCII.GetBytes(
        Convert.ToHexString(RandomNumberGenerator.GetBytes(16))
    );

    public WechatPayKeyring(World world)
    {
        var now = world.Clock.GetUtcNow();
        // The highest bit is set: .NET shows such a number with a leading 00.
        _merchantCertificate = Certificate("CN=1900000001", _merchant, now, 0xF1);
        _platform = Certificate("CN=Tenpay.com", RsaKeyPool.Get("WeChat Pay: platform"), now, 0x5A);
        _fresh = Certificate("CN=Tenpay.com", RsaKeyPool.Get("WeChat Pay: fresh"), now, 0xC3);
        Settings = new Dictionary<string, string>
        {
            ["KeyFile"] = world.Keys.Write("wechat-pay-key.pem", _merchant.ExportPkcs8PrivateKeyPem()),
            ["CertificateFile"] = world.Keys.Write(
                "wechat-pay-certificate.pem",
                _merchantCertificate.ExportCertificatePem()
            ),
            ["ApiKeyFiles:0"] = world.Keys.Write("wechat-pay-api-key", _apiKey),
            [$"PublicKeyFiles:{PublicKeyId}"] = world.Keys.Write(
                "wechat-pay-public-key.pem",
                _publicKey.ExportSubjectPublicKeyInfoPem()
            ),
            ["PlatformCertificateFiles:0"] = world.Keys.Write(
                "wechat-pay-platform.pem",
                _platform.ExportCertificatePem()
            ),
        };
    }

    /// <summary>The files, as the shop's settings name them.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Which key signs.</summary>
    public WechatPaySigningKey SigningKey { get; set; }

    /// <summary>The name of the merchant's key.</summary>
    public string MerchantSerial => Serial(_merchantCertificate);

    /// <summary>Whether the merchant's key has signed a text.</summary>
    public bool IsMerchants(string text, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && _merchant.VerifyData(
                Encoding.UTF8.GetBytes(text),
                bytes.AsSpan(0, length),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            );
    }

    /// <summary>Signs a text with WeChat Pay's key.</summary>
    /// <param name="text">What is signed.</param>
    /// <param name="asked">The name of the key that is asked for; null where none is.</param>
    /// <param name="forged">Whether another key takes its place, under its name.</param>
    public (string Serial, string Signature) Sign(byte[] text, string? asked, bool forged)
    {
        var usePublic =
            SigningKey == WechatPaySigningKey.Public
            || SigningKey == WechatPaySigningKey.Asked && asked == PublicKeyId;
        var certificate = SigningKey == WechatPaySigningKey.Fresh ? _fresh : _platform;
        var key = usePublic ? _publicKey : certificate.GetRSAPrivateKey()!;
        return (
            usePublic ? PublicKeyId : Serial(certificate),
            Convert.ToBase64String(
                (forged ? _stranger : key).SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            )
        );
    }

    /// <summary>Locks a text with the APIv3 key.</summary>
    public object Lock(string text, string associated)
    {
        var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(6));
        var clear = Encoding.UTF8.GetBytes(text);
        var (cipher, tag) = (new byte[clear.Length], new byte[16]);
        using var aes = new AesGcm(_apiKey, tag.Length);
        aes.Encrypt(Encoding.ASCII.GetBytes(nonce), clear, cipher, tag, Encoding.ASCII.GetBytes(associated));
        return new
        {
            original_type = associated,
            algorithm = "AEAD_AES_256_GCM",
            ciphertext = Convert.ToBase64String([.. cipher, .. tag]),
            associated_data = associated,
            nonce,
        };
    }

    /// <summary>The platform certificates, as <c>/v3/certificates</c> gives them.</summary>
    public object Certificates =>
        new
        {
            data = new[] { _platform, _fresh }.Select(certificate => new
            {
                serial_no = Serial(certificate),
                effective_time = certificate.NotBefore.ToString("o"),
                expire_time = certificate.NotAfter.ToString("o"),
                encrypt_certificate = Lock(certificate.ExportCertificatePem(), "certificate"),
            }),
        };

    private static X509Certificate2 Certificate(string name, RSA key, DateTimeOffset now, byte first)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        byte[] serial = [first, .. RandomNumberGenerator.GetBytes(19)];
        using var bare = request.Create(
            request.SubjectName,
            X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1),
            now.AddDays(-1),
            now.AddYears(5),
            serial
        );
        return bare.CopyWithPrivateKey(key);
    }

    private static string Serial(X509Certificate2 certificate) =>
        Convert.ToHexString(certificate.SerialNumberBytes.Span.TrimStart((byte)0));
}
