using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Shop.Channels.UnionPay;

/// <summary>Fields of a message, in ordinal order, and their signature.</summary>
internal sealed class UnionPayFields : SortedDictionary<string, string>
{
    public UnionPayFields()
        : base(StringComparer.Ordinal) { }

    public UnionPayFields(IEnumerable<KeyValuePair<string, string>> fields)
        : this()
    {
        foreach (var (name, value) in fields)
        {
            this[name] = value;
        }
    }

    /// <summary>A field; empty where it is missing.</summary>
    public string Text(string name) => TryGetValue(name, out var value) ? value : "";

    /// <summary>Signs in the name of a certificate, which goes along.</summary>
    public UnionPayFields Sign(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        this["signPubKeyCert"] = certificate
            .ExportCertificatePem()
            .Replace("\n", "\r\n", StringComparison.Ordinal);
        this["signature"] = Convert.ToBase64String(
            key.SignData(Digest(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        );
        return this;
    }

    /// <summary>Whether a certificate's key has signed it.</summary>
    public bool IsSignedBy(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPublicKey()!;
        var signature = new byte[key.KeySize / 8];
        return Convert.TryFromBase64String(Text("signature"), signature, out var length)
            && key.VerifyData(
                Digest(),
                signature.AsSpan(0, length),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            );
    }

    /// <summary>As an answer has it: nothing is encoded.</summary>
    public override string ToString() => string.Join('&', this.Select(field => $"{field.Key}={field.Value}"));

    private byte[] Digest()
    {
        var signed = this.Where(field => field.Key != "signature" && field.Value.Length > 0)
            .Select(field => $"{field.Key}={field.Value}");
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('&', signed)));
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest));
    }
}
