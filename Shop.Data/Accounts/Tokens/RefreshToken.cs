using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Data.Accounts.Tokens;

/// <summary>What continues a session, once. 256 bits; only their hash is stored.</summary>
internal sealed class RefreshToken
{
    /// <summary>Characters of one: base64url.</summary>
    public const int Length = 43;

    private const int Bytes = 32;

    private readonly byte[] _bits;

    private RefreshToken(byte[] bits) => _bits = bits;

    /// <summary>As its owner has it.</summary>
    public string Text => Base64Url.EncodeToString(_bits);

    /// <summary>As it is stored and found.</summary>
    public byte[] Hash => SHA256.HashData(_bits);

    /// <summary>A random one, which cannot be guessed.</summary>
    public static RefreshToken Make() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Reads <see cref="Text"/>; null where it is none.</summary>
    public static RefreshToken? Read(string text) =>
        text.Length == Length && Base64Url.IsValid(text) ? new(Base64Url.DecodeFromChars(text)) : null;

    /// <summary>
    /// The token that takes its place: always the same, so that it can be given twice although only its hash is stored. A
    /// client that has this token but not the secret cannot work it out.
    /// </summary>
    /// <param name="secret"><see cref="TokenOptions.KeySecret"/>.</param>
    public RefreshToken Successor(string secret)
    {
        var key = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes(secret),
            Bytes,
            info: "shop.refresh-token"u8.ToArray()
        );
        return new(HMACSHA256.HashData(key, _bits));
    }

    /// <summary>Says nothing: what is printed by accident must not continue a session.</summary>
    public override string ToString() => "refresh token";
}
