using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>The keys of an account: one that signs, several that verify, several that open. Thread-safe.</summary>
internal sealed class WechatPayKeys(WechatPayOptions options)
{
    private readonly KeyFile<RSA> _signs = new(options.KeyFile, RsaKeys.Private);
    private readonly KeyFile<CertifiedKey> _own = new(options.CertificateFile, RsaKeys.Certified);
    private readonly KeyFile<WechatPayCipher>[] _ciphers =
    [
        .. options.ApiKeyFiles.Select(path => new KeyFile<WechatPayCipher>(path, WechatPayCipher.Read)),
    ];
    private readonly Dictionary<string, KeyFile<RSA>> _publicKeys = options.PublicKeyFiles.ToDictionary(
        file => file.Key,
        file => new KeyFile<RSA>(file.Value, RsaKeys.Public)
    );
    private readonly KeyFile<CertifiedKey>[] _platform =
    [
        .. options.PlatformCertificateFiles.Select(path => new KeyFile<CertifiedKey>(
            path,
            RsaKeys.Certified
        )),
    ];
    private readonly ConcurrentDictionary<string, RSA> _fetched = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Signs.</summary>
    public RSA Signing => _signs.Key;

    /// <summary>The name of the key that signs.</summary>
    public string SigningSerial => Serial(_own.Key.Certificate);

    /// <summary>When the certificate that signs ends, or, where there is no public key, the last one that verifies.</summary>
    public DateTimeOffset ExpiresAt =>
        _publicKeys.Count > 0
            ? _own.Key.Certificate.End()
            : RsaKeys.FirstEnd([_own.Key.Certificate], _platform.Select(file => file.Key.Certificate));

    /// <summary>The name of the key by which answers are to be signed; null where WeChat Pay may choose.</summary>
    public string? WantedSerial =>
        options.PublicKeyFiles.Keys.FirstOrDefault()
        ?? (_platform is [var first, ..] ? Serial(first.Key.Certificate) : null);

    /// <summary>All keys that verify and stand in files.</summary>
    public IEnumerable<RSA> Verifying =>
        _publicKeys.Values.Select(file => file.Key).Concat(_platform.Select(file => file.Key.Key));

    /// <summary>The key of that name which verifies; null where there is none.</summary>
    public RSA? Verifier(string serial) =>
        _publicKeys.GetValueOrDefault(serial)?.Key
        ?? _platform
            .Select(file => file.Key)
            .FirstOrDefault(key => IsSame(Serial(key.Certificate), serial))
            ?.Key
        ?? _fetched.GetValueOrDefault(serial);

    /// <summary>Opens what WeChat Pay has locked.</summary>
    /// <returns>Null where none of the keys fits.</returns>
    public byte[]? Open(WechatPayLocked locked) =>
        _ciphers.Select(file => file.Key.Open(locked)).FirstOrDefault(text => text is not null);

    /// <summary>Lets a platform certificate verify that came with an APIv3 key's seal.</summary>
    public void Add(CertifiedKey fetched) => _fetched[Serial(fetched.Certificate)] = fetched.Key;

    // .NET shows the sign's byte before a number whose highest bit is set.
    private static string Serial(X509Certificate2 certificate) =>
        certificate.SerialNumber.StartsWith("00", StringComparison.Ordinal)
            ? certificate.SerialNumber[2..]
            : certificate.SerialNumber;

    private static bool IsSame(string serial, string other) =>
        string.Equals(serial, other, StringComparison.OrdinalIgnoreCase);
}
