using System.Globalization;
using System.Text;

namespace Shop.Data.Search.Words;

/// <summary>Writes words as PostgreSQL reads a <c>tsvector</c>: with their places, and past its parser.</summary>
/// <param name="stems">See <see cref="Stems"/>.</param>
internal sealed class VectorText(IReadOnlyDictionary<string, string> stems)
{
    // What PostgreSQL keeps: so many places of a word, and none behind the last.
    private const int MaxPlaces = 255;
    private const int LastPlace = 16_383;

    private readonly Dictionary<string, List<int>> _places = new(StringComparer.Ordinal);
    private int _next = 1;

    /// <summary>Another text: what stands in two of them does not stand side by side.</summary>
    public VectorText Add(IEnumerable<SearchWord> words)
    {
        foreach (var word in words)
        {
            Add(word);
        }

        _next++;
        return this;
    }

    /// <summary>A code, which is found by no part of it.</summary>
    public VectorText AddCode(string code)
    {
        Note($"#{code}", _next++);
        return this;
    }

    /// <summary><c>'light':2 't':1</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (word, places) in _places)
        {
            text.Append(CultureInfo.InvariantCulture, $"'{word}':{string.Join(',', places)} ");
        }

        return text.ToString();
    }

    private void Add(SearchWord word)
    {
        foreach (var (place, part) in word.Parts.Index())
        {
            Note(stems.GetValueOrDefault(part, part), _next + place);
        }

        if (word is { IsSigns: true, Parts.Count: > 1 })
        {
            foreach (var (place, pair) in word.Pairs.Index())
            {
                Note(pair, _next + place);
            }
        }

        _next += word.Parts.Count;
    }

    private void Note(string word, int place)
    {
        if (!_places.TryGetValue(word, out var places))
        {
            _places.Add(word, places = []);
        }

        if (places.Count < MaxPlaces)
        {
            places.Add(Math.Min(place, LastPlace));
        }
    }
}
