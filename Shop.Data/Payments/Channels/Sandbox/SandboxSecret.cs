using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Data.Payments.Channels.Sandbox;

/// <summary>Signs what the sandbox sends, and opens its pages. Made of the secret that signs the shop's tokens.</summary>
public sealed class SandboxSecret(TokenSecrets secrets)
{
    /// <summary>The header that has the signature.</summary>
    public const string Header = "Sandbox-Signature";

    /// <summary>What is sent with a body.</summary>
    public string Sign(ReadOnlySpan<byte> body) => Mac("notice", body);

    /// <summary>Whether a body is the sandbox's.</summary>
    public bool Verifies(string? signature, ReadOnlySpan<byte> body) => IsSame(signature, Sign(body));

    /// <summary>Lets who has it see the page of a payment, and pay.</summary>
    public string PageKey(string outNo) => Mac("page", Encoding.UTF8.GetBytes(outNo));

    /// <summary>Whether a key opens the page of a payment.</summary>
    public bool Opens(string? key, string outNo) => IsSame(key, PageKey(outNo));

    private string Mac(string use, ReadOnlySpan<byte> text)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secrets.All[0]);
        hash.AppendData(Encoding.UTF8.GetBytes($"shop.sandbox.{use}\n"));
        hash.AppendData(text);
        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    private static bool IsSame(string? told, string right) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(told ?? ""),
            Encoding.UTF8.GetBytes(right)
        );
}
