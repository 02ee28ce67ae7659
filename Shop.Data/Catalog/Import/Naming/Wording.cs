using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Shop.Data.Catalog.Import.Naming;

/// <summary>Makes a till's article text readable: <c>SET/6 ASSTD T-LIGHTS W HEART</c> is "Set of 6 Assorted T-Lights with Heart".</summary>
internal static partial class Wording
{
    // No pattern here can run away; the limit says so to a developer who changes one.
    private const int TimeoutMs = 1000;

    // Written small inside a title; with a capital where they begin it.
    private static readonly FrozenSet<string> _small = Set(
        "a an and as at by de du for from in la of on or the to with"
    );

    private static readonly FrozenSet<string> _capitals = Set(
        "3d a4 a5 a6 a7 cd diy dvd led mop pc tv uk usb"
    );

    // What tills cut short or spell wrongly; each stands in the sample catalogue more than once or splits a product.
    private static readonly FrozenDictionary<string, string> _longForms = new Dictionary<string, string>
    {
        ["+"] = "and",
        ["&"] = "and",
        ["ant"] = "antique",
        ["artiifcial"] = "artificial",
        ["ass"] = "assorted",
        ["asst"] = "assorted",
        ["asstd"] = "assorted",
        ["b'fly"] = "butterfly",
        ["baroquecandlestick"] = "baroque candlestick",
        ["blackchristmas"] = "black christmas",
        ["cand"] = "candle",
        ["candl"] = "candle",
        ["ceature"] = "creature",
        ["choc"] = "chocolate",
        ["char"] = "charm",
        ["cinammon"] = "cinnamon",
        ["col"] = "colour",
        ["des"] = "design",
        ["diamon"] = "diamond",
        ["fruitbowl"] = "fruit bowl",
        ["fuschia"] = "fuchsia",
        ["garld"] = "garland",
        ["jeweled"] = "jewelled",
        ["lt"] = "light",
        ["m.o.p"] = "mop",
        ["montan"] = "montana",
        ["nat"] = "natural",
        ["neckl"] = "necklace",
        ["neckl36"] = "necklace 36",
        ["necklac"] = "necklace",
        ["raspberr"] = "raspberry",
        ["rect"] = "rectangular",
        ["sandlewood"] = "sandalwood",
        ["strawbry"] = "strawberry",
        ["turq"] = "turquoise",
        ["turquois"] = "turquoise",
        ["vint"] = "vintage",
        ["w"] = "with",
        ["wht"] = "white",
        ["xmas"] = "christmas",
    }.ToFrozenDictionary();

    /// <summary>The words of a title, spelled out and in readable case; empty for an empty title.</summary>
    public static string[] Words(string title)
    {
        var spaced = SetOf().Replace(title, "SET OF ${n} ");
        spaced = PackOf().Replace(spaced, "PACK OF ${n} ");
        spaced = Joint().Replace(With().Replace(spaced, "WITH "), " $0 ");
        // A title in capitals came out of a till; any other was written with care.
        var shouted = title.Count(char.IsAsciiLetterUpper) > title.Count(char.IsAsciiLetterLower);
        var words = spaced
            .Split([' ', '*', '(', ')', '!'], StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(token => IsQuotedLetter(token) ? [token[1..2]] : Parts(token, shouted))
            .ToArray();
        if (words.Length > 0)
        {
            words[0] = Capital(words[0]);
        }

        return words;
    }

    /// <summary>The words as one line; the first with a capital, whatever it is.</summary>
    public static string Line(IEnumerable<string> words)
    {
        var line = string.Join(' ', words);
        return line.Length == 0 ? line : Capital(line);
    }

    /// <summary>What two words are compared by: case and plural do not matter.</summary>
    public static string Key(string word)
    {
        var key = word.ToLowerInvariant();
        return key switch
        {
            _ when key.EndsWith("ies", StringComparison.Ordinal) && key.Length > 4 => key[..^3] + "y",
            _ when PluralInEs().IsMatch(key) => key[..^2],
            _ when key.EndsWith('s') && !key.EndsWith("ss", StringComparison.Ordinal) && key.Length > 3 =>
                key[..^1],
            _ => key,
        };
    }

    // The key ring with the letter "A" is not a key ring with an article.
    private static bool IsQuotedLetter(string token) => token is ['"', >= 'A' and <= 'Z', '"'];

    private static IEnumerable<string> Parts(string token, bool shouted) =>
        token
            .Split('"', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('.', ',', '-', '/', '\''))
            .Where(word => word.Length > 0)
            .SelectMany(word => shouted ? SpellOut(word) : [word]);

    private static IEnumerable<string> SpellOut(string word)
    {
        var halves = word.ToLowerInvariant()
            .Split('/')
            .Select(half => _longForms.GetValueOrDefault(half, half));
        return string.Join('/', halves).Split(' ').Select(InCase);
    }

    private static string InCase(string word) =>
        word switch
        {
            _ when _small.Contains(word) => word,
            _ when _capitals.Contains(word) => word.ToUpperInvariant(),
            _ when Measure().IsMatch(word) => word,
            _ => WordStart().Replace(word, start => Capital(start.Value)),
        };

    private static string Capital(string text) =>
        string.Concat(text[..1].ToUpper(CultureInfo.InvariantCulture), text.AsSpan(1));

    internal static FrozenSet<string> Set(string words) => words.Split(' ').Select(Key).ToFrozenSet();

    [GeneratedRegex(
        @"\bS(?:ET)?\s*/\s*(?<n>\d+)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        TimeoutMs
    )]
    private static partial Regex SetOf();

    [GeneratedRegex(
        @"\bPACK\s*/\s*(?<n>\d+)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        TimeoutMs
    )]
    private static partial Regex PackOf();

    [GeneratedRegex(@"\bW/\s*", RegexOptions.ExplicitCapture, TimeoutMs)]
    private static partial Regex With();

    // Joints between words that tills write without spaces.
    [GeneratedRegex(
        @"[+&]|(?<=[A-Za-z]),(?=[A-Za-z])|(?<=[A-Za-z]{2})\.(?=[A-Z0-9])",
        RegexOptions.ExplicitCapture,
        TimeoutMs
    )]
    private static partial Regex Joint();

    // 30cm, 45x45cm, 125g: units are written small.
    [GeneratedRegex(
        @"^\d+(\.\d+)?(cm|mm|m|g|kg|ml|l)?(x\d+(cm|mm)?)*$",
        RegexOptions.ExplicitCapture,
        TimeoutMs
    )]
    private static partial Regex Measure();

    // The first letter of each part: t-light, pink/white; not the s of children's or of 50's.
    [GeneratedRegex(@"(?<![a-z0-9'])[a-z]", RegexOptions.ExplicitCapture, TimeoutMs)]
    private static partial Regex WordStart();

    [GeneratedRegex("(x|ch|sh|ss)es$", RegexOptions.ExplicitCapture, TimeoutMs)]
    private static partial Regex PluralInEs();
}
