using System.Security.Cryptography;
using System.Text;

namespace Shop.Data.Payments.Channels.WechatPay;

/// <summary>What WeChat Pay has locked with the APIv3 key: AES-256-GCM, the tag at the end.</summary>
internal sealed record WechatPayLocked(
    string Algorithm,
    string Ciphertext,
    string? AssociatedData,
    string Nonce
);

/// <summary>An APIv3 key: opens what was locked with it.</summary>
internal sealed class WechatPayCipher
{
    private const int KeyBytes = 32;
    private const int TagBytes = 16;

    private readonly byte[] _key;

    private WechatPayCipher(byte[] key) => _key = key;

    /// <summary>Reads a key: 32 bytes, as they were typed at the merchant's desk; a line end after them is none of it.</summary>
    /// <exception cref="FormatException">It has another length.</exception>
    public static WechatPayCipher Read(byte[] file)
    {
        var key = file.AsSpan().TrimEnd("\r\n"u8).ToArray();
        return key.Length == KeyBytes
            ? new WechatPayCipher(key)
            : throw new FormatException("An APIv3 key has 32 bytes.");
    }

    /// <summary>Opens what was locked.</summary>
    /// <returns>Null where it was locked with another key, or was changed since.</returns>
    public byte[]? Open(WechatPayLocked locked)
    {
        var bytes = new byte[locked.Ciphertext.Length];
        if (
            locked.Algorithm != "AEAD_AES_256_GCM"
            || !Convert.TryFromBase64String(locked.Ciphertext, bytes, out var length)
            || length < TagBytes
            || locked.Nonce.Length != AesGcm.NonceByteSizes.MaxSize
        )
        {
            return null;
        }

        var text = new byte[length - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        try
        {
            aes.Decrypt(
                Encoding.UTF8.GetBytes(locked.Nonce),
                bytes.AsSpan(0, text.Length),
                bytes.AsSpan(text.Length, TagBytes),
                text,
                Encoding.UTF8.GetBytes(locked.AssociatedData ?? "")
            );
            return text;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
