using System.Collections.Frozen;
using Shop.Data.Catalog.Import.Saving;

namespace Shop.Data.Catalog.Import.Naming;

/// <summary>Why a row of a catalogue file is nothing that can be sold.</summary>
public enum NoGoods
{
    /// <summary>It has no title: a code that was only ever counted or corrected.</summary>
    Untitled,

    /// <summary>It costs nothing: written off, given away, or never on sale.</summary>
    Unpriced,

    /// <summary>It is bookkeeping under a code of its own: postage, fees, discounts, samples, vouchers.</summary>
    Bookkeeping,

    /// <summary>Its title is a clerk's note about the stock: "damaged", "wrongly coded", "?".</summary>
    Note,
}

/// <summary>The rule that leaves out what is no goods, as tills mix both.</summary>
internal static class NoGoodsRule
{
    private static readonly FrozenSet<string> _bookkeeping = Wording.Set(
        "adjust amazon bank carriage charge charges commission debt discount dotcom fee manual postage samples voucher"
    );

    private static readonly FrozenSet<string> _notes = Wording.Set(
        "? adjustment broken check damaged damages destroyed ebay faulty found lost missing mixed rusty thrown throw "
            + "unsaleable wrongly wrong"
    );

    /// <summary>Null for goods.</summary>
    public static NoGoods? Of(ImportRow row)
    {
        if (row.Title.Length == 0)
        {
            return NoGoods.Untitled;
        }

        var words = row.Title.Split([' ', '-', ',', '.', '/'], StringSplitOptions.RemoveEmptyEntries);
        return row switch
        {
            _ when IsBookkeeping(row.Sku, words) => NoGoods.Bookkeeping,
            _ when IsNote(row.Title, words) => NoGoods.Note,
            { Price.Minor: 0 } => NoGoods.Unpriced,
            _ => null,
        };
    }

    // Goods have numbers; a till's own entries have words for codes (and C2). Vouchers and packing have numbers as well.
    private static bool IsBookkeeping(string sku, string[] words)
    {
        var last = Wording.Key(words[^1]);
        return last is "charge" or "postage"
            || words.Any(word => Wording.Key(word) == "voucher")
            || (
                sku.Count(char.IsAsciiDigit) < 2
                && words.Any(word => _bookkeeping.Contains(Wording.Key(word)))
            );
    }

    // Tills shout, people do not: a note is a title in small letters.
    private static bool IsNote(string title, string[] words) =>
        title.Any(char.IsAsciiLetterLower)
        && !char.IsAsciiLetterUpper(title[^1])
        && words.Any(word => _notes.Contains(Wording.Key(word)));
}
