using System.Security.Cryptography;

namespace Shop.Data.Pricing.Codes;

/// <summary>A code as it is stored: capitals and digits, whatever way a customer has typed them.</summary>
public static class CodeText
{
    /// <summary>The longest that a code can be, without blanks and hyphens.</summary>
    public const int MaxLength = 40;

    /// <summary>Of 32 letters, so that it has 60 bits: nobody finds one by trying.</summary>
    private const int MadeLength = 12;

    // No two of them look alike: neither 0 and O, nor 1 and I.
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>The most letters that can stand before those of a made code.</summary>
    public const int MaxPrefix = MaxLength - MadeLength;

    /// <summary>A code in whatever case, with blanks and hyphens wherever.</summary>
    /// <returns>Null where it has other signs, or none, or too many.</returns>
    public static string? Of(string typed)
    {
        var code = string.Concat(typed.Where(sign => sign != '-' && !char.IsWhiteSpace(sign)))
            .ToUpperInvariant();
        return code.Length is > 0 and <= MaxLength && code.All(char.IsAsciiLetterOrDigit) ? code : null;
    }

    /// <summary>A code that nobody can guess.</summary>
    /// <param name="prefix">What it begins with, as <see cref="Of"/> gives it; may be empty.</param>
    internal static string Make(string prefix) =>
        prefix + RandomNumberGenerator.GetString(Letters, MadeLength);
}
