using System.Collections.Frozen;

namespace Shop.Data.Catalog.Import.Naming;

/// <summary>
/// Finds the shelf of a title by the words of <c>shelves.txt</c>. An occasion beats everything: a customer who
/// wants a Christmas mug looks under Christmas.
/// </summary>
internal static class ShelfOf
{
    private static readonly FrozenSet<string> _christmas = Wording.Set(
        "christmas advent santa reindeer snowman snowmen snowy holly mistletoe yuletide bauble jingle nativity noel "
            + "snowflake tinsel"
    );
    private static readonly FrozenSet<string> _wrapping = Wording.Set(
        "card wrap wrapping ribbon tag tissue paper tape sticker"
    );
    private static readonly FrozenSet<string> _asides = Wording.Set("with in for on");

    private static readonly Shelf _tree = Named("Christmas Decorations");
    private static readonly Shelf _wrap = Named("Christmas Cards & Wrap");
    private static readonly Shelf _easter = Named("Easter");
    private static readonly Shelf _rest = Named("More Gifts");

    private static readonly FrozenDictionary<string, (string[] Phrase, Shelf Shelf)[]> _things = ByLastWord(
        s => s.Things
    );
    private static readonly FrozenDictionary<string, (string[] Phrase, Shelf Shelf)[]> _motifs = ByLastWord(
        s => s.Motifs
    );

    /// <summary>The shelf of a title, given its words; "More Gifts" where none of them is known.</summary>
    public static Shelf Words(IEnumerable<string> words)
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

    private static Shelf? Rightmost(
        string[] keys,
        FrozenDictionary<string, (string[] Phrase, Shelf Shelf)[]> phrases
    )
    {
        for (var end = keys.Length; end > 0; end--)
        {
            var found = phrases
                .GetValueOrDefault(keys[end - 1], [])
                .FirstOrDefault(entry => keys.AsSpan(0, end).EndsWith(entry.Phrase));
            if (found.Shelf is not null)
            {
                return found.Shelf;
            }
        }

        return null;
    }

    // Of phrases with the same last word the longest stands first.
    private static FrozenDictionary<string, (string[] Phrase, Shelf Shelf)[]> ByLastWord(
        Func<Shelf, string[][]> phrases
    ) =>
        Shelf
            .All.SelectMany(shelf => phrases(shelf).Select(phrase => (Phrase: phrase, shelf)))
            .GroupBy(entry => entry.Phrase[^1])
            .ToFrozenDictionary(
                group => group.Key,
                group => group.OrderByDescending(entry => entry.Phrase.Length).ToArray()
            );

    private static Shelf Named(string title) => Shelf.All.Single(shelf => shelf.Title == title);
}
