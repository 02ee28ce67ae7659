using System.Text;

namespace Shop.Data.Catalog.Import.Naming;

/// <summary>A title's place in a web address: small letters and digits with single hyphens between them.</summary>
internal static class SlugOf
{
    // Leaves room in the 200 characters of a slug for a code or an id that tells two apart.
    private const int MaxLength = 120;

    /// <summary><c>fairy-cake-design-umbrella</c>; accents are dropped, apostrophes leave no gap. May be empty.</summary>
    public static string Text(string title)
    {
        var slug = new StringBuilder(title.Length);
        foreach (var letter in title.ToLowerInvariant())
        {
            var plain = Plain(letter);
            if (plain == "-" ? slug.Length > 0 && slug[^1] != '-' : slug.Length < MaxLength)
            {
                slug.Append(plain);
            }
        }

        return slug.ToString().TrimEnd('-');
    }

    // By hand: without culture data, as this program runs, .NET does not take accents apart.
    private static string Plain(char letter) =>
        letter switch
        {
            (>= 'a' and <= 'z') or (>= '0' and <= '9') => letter.ToString(),
            '\'' or '’' => "",
            >= 'à' and <= 'å' => "a",
            'æ' => "ae",
            'ç' => "c",
            >= 'è' and <= 'ë' => "e",
            >= 'ì' and <= 'ï' => "i",
            'ñ' => "n",
            (>= 'ò' and <= 'ö') or 'ø' => "o",
            'œ' => "oe",
            'ß' => "ss",
            >= 'ù' and <= 'ü' => "u",
            'ý' or 'ÿ' => "y",
            _ => "-",
        };
}
