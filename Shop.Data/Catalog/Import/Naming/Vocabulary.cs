using System.Collections.Frozen;

namespace Shop.Data.Catalog.Import.Naming;

/// <summary>Words that say how a thing looks rather than what it is, as <see cref="Wording.Key"/> spells them.</summary>
internal static class Vocabulary
{
    // The second line are the stones and fruits that jewellers name colours after.
    private static readonly FrozenSet<string> _colours = Wording.Set(
        "aqua black blue bronze brown burgundy clear copper cream fuchsia gold green grey ivory lilac lime multicolour "
            + "multicoloured mint mop natural orange peach pink pistachio purple red rose silver turquoise violet white yellow "
            + "amber amethyst coloured crystal diamond jade jet montana nile nil olive opal peridot raspberry ruby"
    );

    private static readonly FrozenSet<string> _shades = Wording.Set(
        "coal dark dusty eau de hot jet light lime mid midnight mint olive pastel rose sky"
    );

    private static readonly FrozenSet<string> _sizes = Wording.Set(
        "giant jumbo large medium mini small long short big little"
    );

    // Common to many things and the name of none.
    private static readonly FrozenSet<string> _manners = Wording.Set(
        "set pack assorted floral english rose scented hanging charlie lola"
    );

    // Words a shopper browses by: style, motif, material.
    private static readonly FrozenSet<string> _themes = Wording.Set(
        "acrylic animal antique babushka baroque bird botanical bunny butterfly cat ceramic cherry circus cotton daisy "
            + "diamante dinosaur dog enamel fairy felt floral flower folkart french gingham glass heart knitted lace lavender "
            + "london metal mushroom organic owl paisley paper pearl polkadot porcelain rabbit regency retro retrospot robot "
            + "rose rustic skull slate spaceboy star strawberry stripe sweetheart toadstool union vintage wicker wood "
            + "wooden woodland zinc"
    );

    /// <summary>Whether a word is a colour; of <c>pink/white</c> both halves have to be.</summary>
    public static bool IsColour(string word) =>
        word.Split('/').All(part => _colours.Contains(Wording.Key(part)));

    /// <summary>Whether a word shades the colour that follows it, as in "midnight blue".</summary>
    public static bool IsShade(string word) => _shades.Contains(Wording.Key(word));

    /// <summary>Whether a word is a size, or a measure such as <c>45x45cm</c>.</summary>
    public static bool IsSize(string word) =>
        _sizes.Contains(Wording.Key(word))
        || (
            char.IsAsciiDigit(word[0])
            && (word.EndsWith("cm", StringComparison.Ordinal) || word.Contains('"'))
        );

    /// <summary>Whether a word goes with many things and names none.</summary>
    public static bool IsManner(string word) => _manners.Contains(Wording.Key(word));

    /// <summary>Whether shoppers browse by a word.</summary>
    public static bool IsTheme(string word) => _themes.Contains(Wording.Key(word));
}
