using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Data.Storage.Idempotency;

/// <summary>Hashes that stand for an input or a secret where the thing itself must not be stored.</summary>
public static class Fingerprint
{
    /// <summary>SHA-256 over the parts, each with its length, so that "ab","c" and "a","bc" differ. Null is a part of its own.</summary>
    public static byte[] Of(params ReadOnlySpan<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = part is null ? [] : Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
