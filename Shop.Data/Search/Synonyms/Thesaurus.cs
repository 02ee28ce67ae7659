using Shop.Data.Search.Words;

namespace Shop.Data.Search.Synonyms;

/// <summary>Texts that mean the same, read as words.</summary>
/// <param name="Texts">Two or more, each of one or more words.</param>
/// <param name="IsOneWay">Whether the first finds the others, and not they it.</param>
internal sealed record SameWords(IReadOnlyList<IReadOnlyList<SearchWord>> Texts, bool IsOneWay);

/// <summary>
/// What else a word may be called, or several side by side. Words are known by their stems, and an alternative has no
/// alternatives: what is looked for is one step away from what was typed. Never changed once it is made.
/// </summary>
internal sealed class Thesaurus
{
    /// <summary>The most alternatives of a term; of more, the first that staff has saved.</summary>
    public const int MaxAlternatives = 20;

    // A shorter text begins too much.
    private const int ShortestBegun = 3;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly string[] _texts;
    private readonly Entry[] _entryOfText;
    private readonly int _longest;

    /// <param name="rules">In the order in which they were saved.</param>
    /// <param name="stems">Of all their words.</param>
    public Thesaurus(IEnumerable<SameWords> rules, IReadOnlyDictionary<string, string> stems)
    {
        var byText = new SortedDictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            foreach (var asking in rule.IsOneWay ? rule.Texts.Take(1) : rule.Texts)
            {
                var key = KeyOf(asking, stems);
                if (!_entries.TryGetValue(key, out var entry))
                {
                    _entries.Add(key, entry = new(key));
                }

                foreach (var other in rule.Texts)
                {
                    entry.Add(KeyOf(other, stems), other);
                }

                byText[SearchText.Plain(asking)] = entry;
                _longest = Math.Max(_longest, asking.Sum(word => word.Parts.Count));
            }
        }

        (_texts, _entryOfText) = ([.. byText.Keys], [.. byText.Values]);
    }

    /// <summary>Of a shop whose staff has saved none.</summary>
    public static Thesaurus Empty { get; } = new([], new Dictionary<string, string>());

    /// <summary>Cuts a text into terms, from left to right: as many words as have synonyms together are one.</summary>
    /// <param name="words">Its words.</param>
    /// <param name="stems">Their stems.</param>
    /// <param name="isBegun">Whether it may end within a word, which then means what it begins.</param>
    public IReadOnlyList<SearchTerm> Read(
        IReadOnlyList<SearchWord> words,
        IReadOnlyDictionary<string, string> stems,
        bool isBegun = false
    ) => Read(words, stems, isBegun, _longest);

    private List<SearchTerm> Read(
        IReadOnlyList<SearchWord> words,
        IReadOnlyDictionary<string, string> stems,
        bool isBegun,
        int longest
    )
    {
        var terms = new List<SearchTerm>();
        for (var place = 0; place < words.Count; )
        {
            SearchTerm? term = null;
            for (var count = Math.Min(longest, words.Count - place); count > 0 && term is null; count--)
            {
                SearchWord[] some = [.. words.Skip(place).Take(count)];
                term = Term(some, stems, isBegun && place + count == words.Count);
            }

            terms.Add(term ?? new([words[place]], []));
            place += terms[^1].Words.Count;
        }

        return terms;
    }

    private SearchTerm? Term(SearchWord[] words, IReadOnlyDictionary<string, string> stems, bool isBegun)
    {
        IEnumerable<Entry> found = _entries.TryGetValue(KeyOf(words, stems), out var entry) ? [entry] : [];
        SearchWord[][] alternatives =
        [
            .. found
                .Concat(isBegun ? BegunBy(SearchText.Plain(words)) : [])
                .Distinct()
                .SelectMany(each => each.Alternatives),
        ];
        return alternatives.Length == 0
            ? null
            : new(words, [.. alternatives.Concat(Within(words, stems)).Take(MaxAlternatives)]);
    }

    // Words that have synonyms together keep those that each of them has.
    private IEnumerable<SearchWord[]> Within(SearchWord[] words, IReadOnlyDictionary<string, string> stems) =>
        words.Length == 1
            ? []
            : new SearchTerms(Read(words, stems, isBegun: false, words.Length - 1), stems)
                .Readings.Skip(1)
                .Select(reading => reading.ToArray());

    private IEnumerable<Entry> BegunBy(string text)
    {
        var found = Array.BinarySearch(_texts, text, StringComparer.Ordinal);
        var first = found < 0 ? ~found : found;
        return text.Length < ShortestBegun
            ? []
            : _texts
                .Skip(first)
                .TakeWhile(known => known.StartsWith(text, StringComparison.Ordinal))
                .Take(MaxAlternatives)
                .Select((_, place) => _entryOfText[first + place]);
    }

    private static string KeyOf(IEnumerable<SearchWord> words, IReadOnlyDictionary<string, string> stems) =>
        string.Join(
            ' ',
            words.SelectMany(word => word.Parts).Select(part => stems.GetValueOrDefault(part, part))
        );

    private sealed class Entry(string key)
    {
        private readonly HashSet<string> _known = new(StringComparer.Ordinal) { key };

        public List<SearchWord[]> Alternatives { get; } = [];

        public void Add(string other, IReadOnlyList<SearchWord> words)
        {
            if (_known.Add(other))
            {
                Alternatives.Add([.. words]);
            }
        }
    }
}
