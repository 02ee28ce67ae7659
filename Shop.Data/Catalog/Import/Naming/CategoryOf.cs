using System.Collections.Frozen;

namespace Shop.Data.Catalog.Import.Naming;

/// <summary>
/// Finds the category of a title by the words of <c>categories.txt</c>. An occasion beats everything: a customer who
/// wants a Christmas mug looks under Christmas.
/// </summary>
internal static class CategoryOf
{
    private static readonly FrozenSet<string> _christmas = Wording.Set(
        "christmas advent santa reindeer snowman snowmen snowy holly mistletoe yuletide bauble jingle nativity noel "
            + "snowflake tinsel"
    );
    private static readonly FrozenSet<string> _wrapping = Wording.Set(
        "card wrap wrapping ribbon tag tissue paper tape sticker"
    );
    private static readonly FrozenSet<string> _asides = Wording.Set("with in for on");

    private static readonly KeywordCategory _tree = Named("Christmas Decorations");
    private static readonly KeywordCategory _wrap = Named("Christmas Cards & Wrap");
    private static readonly KeywordCategory _easter = Named("Easter");
    private static readonly KeywordCategory _rest = Named("More Gifts");

    private static readonly FrozenDictionary<string, (string[] Phrase, KeywordCategory Category)[]> _things =
        ByLastWord(s => s.Things);
    private static readonly FrozenDictionary<string, (string[] Phrase, KeywordCategory Category)[]> _motifs =
        ByLastWord(s => s.Motifs);

    /// <summary>The category of a title, given its words; "More Gifts" where none of them is known.</summary>
    public static KeywordCategory Words(IEnumerable<string> words)
    {
        var keys = words.Select(Wording.Key).ToArray();
        if (keys.Any(_christmas.Contains))
        {
            return keys.Any(_wrapping.Contains) ? _wrap : _tree;
        }

        if (keys.Contains("easter"))
        {
            return _easter;
        }

        var aside = keys.Length > 1 ? Array.FindIndex(keys, 1, _asides.Contains) : -1;
        var head = aside < 0 ? keys : keys[..aside];
        return Rightmost(head, _things)
            ?? Rightmost(head, _motifs)
            ?? Rightmost(keys, _things)
            ?? Rightmost(keys, _motifs)
            ?? _rest;
    }

    private static KeywordCategory? Rightmost(
        string[] keys,
        FrozenDictionary<string, (string[] Phrase, KeywordCategory Category)[]> phrases
    )
    {
        for (var end = keys.Length; end > 0; end--)
        {
            var found = phrases
                .GetValueOrDefault(keys[end - 1], [])
                .FirstOrDefault(entry => keys.AsSpan(0, end).EndsWith(entry.Phrase));
            if (found.Category is not null)
            {
                return found.Category;
            }
        }

        return null;
    }

    // Of phrases with the same last word the longest stands first.
    private static FrozenDictionary<string, (string[] Phrase, KeywordCategory Category)[]> ByLastWord(
        Func<KeywordCategory, string[][]> phrases
    ) =>
        KeywordCategory
            .All.SelectMany(category => phrases(category).Select(phrase => (Phrase: phrase, category)))
            .GroupBy(entry => entry.Phrase[^1])
            .ToFrozenDictionary(
                group => group.Key,
                group => group.OrderByDescending(entry => entry.Phrase.Length).ToArray()
            );

    private static KeywordCategory Named(string title) =>
        KeywordCategory.All.Single(category => category.Title == title);
}
