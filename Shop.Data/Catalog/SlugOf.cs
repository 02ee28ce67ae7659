using System.Globalization;
using System.Text;
using AnyAscii;

namespace Shop.Data.Catalog;

/// <summary>
/// Places in web addresses: small letters and digits of ASCII with single hyphens between them, as staff writes them too.
/// Latin letters lose their accents, other scripts are written in Latin letters.
/// </summary>
internal static class SlugOf
{
    // With a code behind it a slug stays within the 200 characters of its column.
    private const int MaxTitle = 120;
    private const int MaxCode = 64;

    /// <summary>
    /// <c>fairy-cake-design-umbrella</c>, at most 120 characters; apostrophes leave no gap. Empty for a text of nothing but
    /// punctuation.
    /// </summary>
    public static string Title(string title) => Words(title, MaxTitle);

    /// <summary>
    /// Slugs that a product may have, best first, one at least: its title's; with its code, where the title has one already;
    /// with its id, which no other product has.
    /// </summary>
    /// <param name="title">What the product is called.</param>
    /// <param name="code">What the seller calls it.</param>
    /// <param name="id">Its own.</param>
    public static IReadOnlyList<string> Product(string title, string code, long id)
    {
        string[] words = [Title(title), Words(code, MaxCode), id.ToString(CultureInfo.InvariantCulture)];
        return
        [
            .. new[] { words[..1], words[..2], [words[0], words[2]] }
                .Select(parts => string.Join('-', parts.Where(part => part.Length > 0)))
                .Where(slug => slug.Length > 0)
                .Distinct(),
        ];
    }

    private static string Words(string text, int max)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var letter in text.Transliterate())
        {
            if (
                char.IsAsciiLetterOrDigit(letter)
                    ? slug.Length < max
                    : letter != '\'' && slug is not [.., '-']
            )
            {
                slug.Append(char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-');
            }
        }

        return slug.ToString().Trim('-');
    }
}
