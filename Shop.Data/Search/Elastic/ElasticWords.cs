using System.Text;
using NpgsqlTypes;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Elastic;

/// <summary>
/// Writes the words of a <c>tsvector</c> as a text that Elasticsearch parts at blanks, each word at its place. Signs stand one by
/// one; a run of them is looked for by its signs side by side, which is the same as by its pairs.
/// </summary>
internal static class ElasticWords
{
    // Stands where no word does: what it parts is not side by side. No word is made of it.
    private const char Gap = '\u00b7';

    /// <param name="vector">As <see cref="VectorText"/> writes it.</param>
    public static string Of(NpgsqlTsVector vector)
    {
        var places = new SortedDictionary<int, Place>();
        foreach (var lexeme in vector)
        {
            for (var one = 0; one < lexeme.Count; one++)
            {
                var at = lexeme[one].Pos;
                if (!places.TryGetValue(at, out var place))
                {
                    places.Add(at, place = new());
                }

                place.Add(lexeme.Text);
            }
        }

        return Written(places);
    }

    private static string Written(SortedDictionary<int, Place> places)
    {
        var text = new StringBuilder();
        var last = 0;
        Place? before = null;
        foreach (var (at, place) in places)
        {
            // A sign that begins no pair ends its run.
            if (at > last + 1 || before is { IsEndOfRun: true })
            {
                text.Append(Gap).Append(' ');
            }

            foreach (var word in place.Words)
            {
                text.Append(word).Append(' ');
            }

            (last, before) = (at, place);
        }

        return text.ToString();
    }

    private sealed class Place
    {
        private bool _hasPair;

        public List<string> Words { get; } = [];

        public bool IsEndOfRun => !_hasPair && Words.Exists(IsSigns);

        public void Add(string word)
        {
            if (IsSigns(word) && word.EnumerateRunes().Count() == 2)
            {
                _hasPair = true;
            }
            else
            {
                Words.Add(word);
            }
        }

        private static bool IsSigns(string word) =>
            Rune.TryGetRuneAt(word, 0, out var first) && Script.IsSign(first);
    }
}
