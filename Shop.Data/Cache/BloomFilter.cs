using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Data.Cache;

/// <summary>
/// A set of texts in ten bits each, which forgets none and takes one stranger in a hundred for one of its own, as long as it is not
/// overfilled. Which strangers, nobody outside can find out: each filter is seeded by itself. Thread-safe.
/// </summary>
internal sealed class BloomFilter
{
    private const int BitsPerText = 10;

    // The best number for ten bits.
    private const int Looks = 7;

    // Most texts are an id or a slug.
    private const int MaxOnStack = 512;
    private const int SeedBytes = 16;

    private readonly byte[] _seed = RandomNumberGenerator.GetBytes(SeedBytes);
    private readonly ulong[] _words;
    private long _count;

    /// <param name="capacity">How many texts it is made for; at least 1.</param>
    public BloomFilter(long capacity)
    {
        Capacity = capacity;
        _words = new ulong[(capacity * BitsPerText + 63) / 64];
    }

    /// <summary>How many texts it is made for.</summary>
    public long Capacity { get; }

    /// <summary>How many it has, but for those that it took for others.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>What it takes of memory.</summary>
    public long Bytes => _words.LongLength * sizeof(ulong);

    /// <summary>From now on it has this one.</summary>
    public void Add(string text)
    {
        var isNew = false;
        foreach (var bit in Bits(text))
        {
            var mask = 1UL << (int)(bit & 63);
            isNew |= (Interlocked.Or(ref _words[bit >> 6], mask) & mask) == 0;
        }

        if (isNew)
        {
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>Whether it has this one; sometimes it says so though it has not.</summary>
    public bool Has(string text)
    {
        foreach (var bit in Bits(text))
        {
            if ((Volatile.Read(ref _words[bit >> 6]) & (1UL << (int)(bit & 63))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    // Two numbers of the digest make all places: as good as seven digests.
    private Places Bits(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text) + SeedBytes;
        var bytes = length <= MaxOnStack ? stackalloc byte[length] : new byte[length];
        _seed.CopyTo(bytes);
        Encoding.UTF8.GetBytes(text, bytes[SeedBytes..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return new(
            BinaryPrimitives.ReadUInt64LittleEndian(digest),
            BinaryPrimitives.ReadUInt64LittleEndian(digest[8..]) | 1,
            (ulong)_words.LongLength * 64
        );
    }

    /// <summary>The places of a text, one after the other.</summary>
    private struct Places(ulong at, ulong step, ulong bits)
    {
        private int _left = Looks;
        private ulong _at = at;

        // The upper half of the product: a place among all, without a division.
        public readonly long Current => (long)Math.BigMul(_at, bits, out _);

        public bool MoveNext()
        {
            unchecked
            {
                _at += step;
            }

            return _left-- > 0;
        }

        public readonly Places GetEnumerator() => this;
    }
}
