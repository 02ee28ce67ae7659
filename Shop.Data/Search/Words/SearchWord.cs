using System.Globalization;

namespace Shop.Data.Search.Words;

/// <summary>A word as it is searched for: folded, and cut where its parts are words of their own.</summary>
/// <param name="Parts">
/// <c>t, light</c> of T-Light, <c>3.5, mm</c> of 3.5mm; the signs of a run of Chinese, Japanese or Korean, one by one. They stay
/// side by side.
/// </param>
/// <param name="IsSigns">Whether it is such a run.</param>
internal sealed record SearchWord(IReadOnlyList<string> Parts, bool IsSigns)
{
    private const int MaxCorrections = 4;

    /// <summary>Whether it may be a code: it has a digit.</summary>
    public bool MayBeCode =>
        Parts.Any(part => part.Any(letter => CharUnicodeInfo.GetDecimalDigitValue(letter) >= 0));

    /// <summary>As a code is written down: see <see cref="SearchText.CodeOf"/>.</summary>
    public string Code => SearchText.CodeOf([this]);

    /// <summary>As a person would type it; read again, it is the same.</summary>
    public string Text =>
        IsSigns
            ? string.Concat(Parts)
            : Parts.Aggregate((text, part) => Meets(text[^1], part[0]) ? $"{text}-{part}" : text + part);

    /// <summary>
    /// What it may have been meant for, the likeliest first: its parts stay together, and one that a product has stays as it is.
    /// None for what may be a code, or has signs.
    /// </summary>
    public IReadOnlyList<SearchWord> Corrections(Vocabulary vocabulary) =>
        IsSigns || MayBeCode
            ? []
            :
            [
                .. Combinations(vocabulary)
                    .Where(word => !word.Parts.SequenceEqual(Parts))
                    .Take(MaxCorrections),
            ];

    /// <summary>What of a run is looked for: its pairs, which overlap; a single sign by itself.</summary>
    public IEnumerable<string> Pairs =>
        Parts.Count == 1 ? Parts : Parts.Zip(Parts.Skip(1), (left, right) => left + right);

    /// <summary>Words that stand side by side where a text says so: what changes the script begins a run of its own.</summary>
    public static IReadOnlyList<IReadOnlyList<SearchWord>> Runs(IEnumerable<SearchWord> words)
    {
        var runs = new List<List<SearchWord>>();
        var wasSigns = true;
        foreach (var word in words)
        {
            if (word.IsSigns || wasSigns)
            {
                runs.Add([]);
            }

            runs[^1].Add(word);
            wasSigns = word.IsSigns;
        }

        return runs;
    }

    private IEnumerable<SearchWord> Combinations(Vocabulary vocabulary) =>
        Parts
            .Aggregate(
                (IEnumerable<IReadOnlyList<string>>)
                    [
                        [],
                    ],
                (begun, part) =>
                    begun.SelectMany(
                        _ => vocabulary.Nearest(part).Take(MaxCorrections).DefaultIfEmpty(part),
                        (parts, next) => (IReadOnlyList<string>)[.. parts, next]
                    )
            )
            .Select(parts => this with { Parts = parts });

    // Letters and digits part by themselves; what else is cut was cut at a hyphen.
    private static bool Meets(char left, char right) => char.IsDigit(left) == char.IsDigit(right);
}
