using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Shop.Data.Kernel;

/// <summary>
/// Names a cart: 128 random bits. A client that knows them may use the cart, so they are a secret: never log them.
/// </summary>
public readonly record struct CartId(UInt128 Value)
{
    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789abcdef");

    /// <summary>A random one, which cannot be guessed.</summary>
    public static CartId Make()
    {
        Span<byte> bits = stackalloc byte[16];
        RandomNumberGenerator.Fill(bits);
        return new(BinaryPrimitives.ReadUInt128BigEndian(bits));
    }

    /// <summary>The id as text: 32 hexadecimal digits in lower case.</summary>
    public string Secret => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads <see cref="Secret"/>; only that form, so that one cart has one text.</summary>
    public static bool TryParse(string text, out CartId id)
    {
        var isHex = text.Length == 32 && !text.AsSpan().ContainsAnyExcept(_digits);
        id = isHex
            ? new(UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
            : default;
        return isHex;
    }

    /// <summary>Says nothing: what is printed by accident must not open a cart.</summary>
    public override string ToString() => "cart";
}
