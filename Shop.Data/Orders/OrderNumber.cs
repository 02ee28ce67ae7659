using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Shop.Data.Orders;

/// <summary>
/// What a person reads aloud: <c>S-7K2M-9QXT</c>. Eight letters of Crockford's base 32 (no I, L, O, U) over 40 bits.
/// </summary>
/// <param name="Sequence">0 to 2⁴⁰ − 1, from a PostgreSQL sequence: that makes it unique for ever.</param>
/// <remarks>The sequence is shuffled by a Feistel network, so a number does not tell how many orders a shop has.</remarks>
public readonly record struct OrderNumber(long Sequence)
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    // Without the hyphens.
    private const int Length = 9;
    private const int HalfBits = 20;
    private const uint HalfMask = (1 << HalfBits) - 1;

    // Any odd constants do; these must never change, or printed numbers name other orders.
    private static readonly uint[] _rounds = [0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F];

    /// <summary>The number as it is printed.</summary>
    public override string ToString()
    {
        var bits = Shuffle(Sequence);
        return string.Create(
            11,
            bits,
            static (text, bits) =>
            {
                "S-0000-0000".CopyTo(text);
                for (var letter = 0; letter < 8; letter++)
                {
                    text[Position(letter)] = Letters[(int)((bits >> (5 * (7 - letter))) & 31)];
                }
            }
        );
    }

    /// <summary>
    /// Reads a number as a person may type it: any case, I and L for 1, O for 0, with a <c>#</c> before it or blanks around it,
    /// and with blanks, other hyphens or none where it has hyphens.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OrderNumber number)
    {
        number = default;
        Span<char> letters = stackalloc char[Length];
        if (!TryReduce(text, letters) || letters[0] != 'S')
        {
            return false;
        }

        long bits = 0;
        foreach (var letter in letters[1..])
        {
            var value = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            bits = (bits << 5) | (uint)value;
        }

        number = new(Unshuffle(bits));
        return true;
    }

    // The letters alone; false where there are more or fewer than a number has.
    private static bool TryReduce(string? text, Span<char> letters)
    {
        var count = 0;
        foreach (var letter in text.AsSpan().Trim().TrimStart('#'))
        {
            if (
                char.IsWhiteSpace(letter)
                || char.GetUnicodeCategory(letter) == UnicodeCategory.DashPunctuation
            )
            {
                continue;
            }

            if (count == letters.Length)
            {
                return false;
            }

            letters[count++] = Unambiguous(letter);
        }

        return count == letters.Length;
    }

    private static int Position(int letter) => letter < 4 ? 2 + letter : 3 + letter;

    private static char Unambiguous(char letter) =>
        char.ToUpperInvariant(letter) switch
        {
            'I' or 'L' => '1',
            'O' => '0',
            var other => other,
        };

    private static long Shuffle(long sequence)
    {
        var (left, right) = Halves(sequence);
        foreach (var round in _rounds)
        {
            (left, right) = (right, left ^ Mix(right, round));
        }

        return Join(left, right);
    }

    private static long Unshuffle(long bits)
    {
        var (left, right) = Halves(bits);
        for (var round = _rounds.Length - 1; round >= 0; round--)
        {
            (left, right) = (right ^ Mix(left, _rounds[round]), left);
        }

        return Join(left, right);
    }

    private static (uint Left, uint Right) Halves(long bits) =>
        ((uint)(bits >> HalfBits), (uint)(bits & HalfMask));

    private static long Join(uint left, uint right) => ((long)left << HalfBits) | right;

    // Multiplication modulo 2³² is meant to wrap.
    private static uint Mix(uint half, uint round) => (unchecked((half + 1) * round) >> 7) & HalfMask;
}
