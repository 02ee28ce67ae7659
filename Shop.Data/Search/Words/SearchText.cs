using System.Text;

namespace Shop.Data.Search.Words;

/// <summary>
/// What a word is, for all that is written to an index and for all that is asked of one. No sign is syntax. A text is cut at
/// everything but a hyphen inside a word, and a point or comma between digits.
/// </summary>
internal static class SearchText
{
    /// <summary>Words of a query that are read; what follows is not looked for.</summary>
    public const int MaxWords = 10;

    // No index holds a longer one, and nobody types it.
    private const int MaxPart = 100;

    // As long as the shortest code that has a check digit, an EAN-8: only those have zeros in front that mean nothing.
    private const int ShortestGtin = 8;

    /// <summary>The words of a text, in their order; none where it has nothing but punctuation.</summary>
    public static IReadOnlyList<SearchWord> Of(string text) => new Cutter().Cut(Folding.Of(text));

    /// <summary>A text as another one is compared with word for word, unstemmed.</summary>
    public static string Plain(IEnumerable<SearchWord> words) =>
        string.Join(' ', words.SelectMany(word => word.Parts));

    /// <summary>
    /// What a code is known by, however it is written: letters and digits alone, and no zeros in front of an EAN. Empty where the
    /// words hold none.
    /// </summary>
    public static string CodeOf(IEnumerable<SearchWord> words)
    {
        var code = string.Concat(words.SelectMany(word => word.Parts))
            .Replace(".", "", StringComparison.Ordinal)
            .Replace(",", "", StringComparison.Ordinal);
        return code.Length >= ShortestGtin && code.All(char.IsAsciiDigit) ? code.TrimStart('0') : code;
    }

    private sealed class Cutter
    {
        private readonly List<SearchWord> _words = [];
        private readonly List<string> _parts = [];
        private readonly StringBuilder _part = new();
        private bool _isSigns;

        public List<SearchWord> Cut(string folded)
        {
            Rune[] runes = [.. folded.EnumerateRunes()];
            for (var place = 0; place < runes.Length; place++)
            {
                Take(runes[place], runes.ElementAtOrDefault(place + 1));
            }

            EndWord();
            return _words;
        }

        private void Take(Rune rune, Rune next)
        {
            if (Script.IsSign(rune))
            {
                if (!_isSigns)
                {
                    EndWord();
                }

                _isSigns = true;
                _parts.Add(rune.ToString());
            }
            else if (Script.IsLetterOrDigit(rune))
            {
                if (_isSigns)
                {
                    EndWord();
                }

                Append(rune);
            }
            else if (rune.Value == '&')
            {
                EndWord();
                _words.Add(new(["and"], IsSigns: false));
            }
            else if (!Script.IsApostrophe(rune) && !IsInside(rune, next))
            {
                EndWord();
            }
        }

        private void Append(Rune rune)
        {
            if (
                _part.Length > 0
                && Script.IsDigit(rune) != (char.IsDigit(_part[^1]) || _part[^1] is '.' or ',')
            )
            {
                EndPart();
            }

            if (_part.Length < MaxPart)
            {
                _part.Append(rune.ToString());
            }
        }

        // A hyphen parts a word; a point between digits stays.
        private bool IsInside(Rune rune, Rune next)
        {
            if (_part.Length == 0 || Script.IsSign(next))
            {
                return false;
            }

            if (Script.IsHyphen(rune) && Script.IsLetterOrDigit(next))
            {
                EndPart();
                return true;
            }

            if (rune.Value is '.' or ',' && char.IsDigit(_part[^1]) && Script.IsDigit(next))
            {
                _part.Append((char)rune.Value);
                return true;
            }

            return false;
        }

        private void EndPart()
        {
            if (_part.Length > 0)
            {
                _parts.Add(_part.ToString());
                _part.Clear();
            }
        }

        private void EndWord()
        {
            EndPart();
            if (_parts.Count > 0)
            {
                _words.Add(new([.. _parts], _isSigns));
                _parts.Clear();
            }

            _isSigns = false;
        }
    }
}
