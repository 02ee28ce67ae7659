namespace Shop.Data.Catalog.Import.Naming;

/// <summary>
/// Finds, from the texts of the SKUs that share an article code, what the product is called and what tells its
/// variants apart.
/// </summary>
/// <remarks>
/// The title is what all texts have in common, in order; where that names no thing (only colours, sizes, glue), it is
/// the first SKU's. What a text has beyond it is the variant's value. The option's name follows from the values:
/// single letters are a Letter, distinct sizes a Size, distinct colours a Colour, on anything that smells a Scent,
/// all else a Design.
/// </remarks>
/// <param name="Title">What the product is called.</param>
/// <param name="Option">The option's name; null for a product of one variant.</param>
/// <param name="Values">One value per text, in the same order, all different; empty for one variant.</param>
internal sealed record VariantNaming(string Title, string? Option, IReadOnlyList<string> Values)
{
    /// <param name="skus">The SKUs, as they tell apart texts that are all the same. At least one.</param>
    /// <param name="texts">Their titles, in the same order, as <see cref="Wording.Words"/> reads them.</param>
    public static VariantNaming Of(IReadOnlyList<string> skus, IReadOnlyList<string[]> texts)
    {
        if (texts.Count == 1)
        {
            return new(Wording.Line(texts[0]), Option: null, Values: []);
        }

        var common = texts.Skip(1).Aggregate(texts[0], CommonWords.Of);
        var namesAThing = common.Any(NamesAThing);
        var rests = texts.Select(text => namesAThing ? CommonWords.Rest(text, common) : text).ToArray();
        var (option, values) = Tell(skus, namesAThing ? common : texts[0], rests);
        // "Letter Bling Key Ring" with the option Letter says it twice.
        var title = namesAThing ? common.Where(word => word != option) : texts[0];
        return new(Wording.Line(Trim(title)), option, values);
    }

    private static (string Option, IReadOnlyList<string> Values) Tell(
        IReadOnlyList<string> skus,
        string[] title,
        string[][] rests
    )
    {
        if (rests.All(rest => rest is [{ Length: 1 } only] && char.IsAsciiLetterUpper(only[0])))
        {
            return ("Letter", rests.Select(rest => rest[0]).ToArray());
        }

        if (AllDifferent(rests, rest => Wording.Line(rest.Where(Vocabulary.IsSize))) is { } sizes)
        {
            return ("Size", sizes);
        }

        if (AllDifferent(rests, Colours) is { } colours)
        {
            return ("Colour", colours);
        }

        return title.Select(Wording.Key).Any(word => word is "candle" or "incense")
            ? ("Scent", Unique(skus, rests.Select(Scent)))
            : ("Design", Unique(skus, rests.Select(rest => Wording.Line(Trim(rest, last: "design")))));
    }

    // "Rose scent in jewelled box" and "Rose boxed" both smell of rose.
    private static string Scent(string[] rest) =>
        Wording.Line(
            rest.TakeWhile(word =>
                Wording.Key(word) is not ("scent" or "scented" or "in" or "box" or "boxed")
            )
        );

    /// <summary>The colours in a text, with their shades: "Midnight Blue", "Pink/Silver"; empty if it names none.</summary>
    private static string Colours(string[] rest)
    {
        var colours = new List<string>();
        for (var i = 0; i < rest.Length; i++)
        {
            var shadesTheNext =
                Vocabulary.IsShade(rest[i]) && i + 1 < rest.Length && Vocabulary.IsColour(rest[i + 1]);
            if (!Vocabulary.IsColour(rest[i]) || shadesTheNext)
            {
                continue;
            }

            var from = i;
            while (from > 0 && Vocabulary.IsShade(rest[from - 1]))
            {
                from--;
            }

            colours.Add(Wording.Line(rest[from..(i + 1)]));
        }

        return string.Join('/', colours);
    }

    private static string[]? AllDifferent(string[][] rests, Func<string[], string> read)
    {
        var values = rests.Select(read).ToArray();
        return values.All(value => value.Length > 0) && values.Distinct().Count() == values.Length
            ? values
            : null;
    }

    private static string[] Unique(IReadOnlyList<string> skus, IEnumerable<string> values)
    {
        var named = values.Select(value => value.Length == 0 ? "Plain" : value).ToArray();
        var counts = named.CountBy(value => value).ToDictionary();
        return named.Select((value, i) => counts[value] == 1 ? value : $"{value} ({skus[i]})").ToArray();
    }

    private static bool NamesAThing(string word) =>
        word.Length > 2
        && char.IsAsciiLetterUpper(word[0])
        && !Vocabulary.IsColour(word)
        && !Vocabulary.IsSize(word)
        && !Vocabulary.IsManner(word);

    // Glue has no place at either end: "Round clock with", "and white tray".
    private static IEnumerable<string> Trim(IEnumerable<string> words, string? last = null) =>
        words
            .Reverse()
            .SkipWhile(word => IsGlue(word) || Wording.Key(word) == last)
            .Reverse()
            .SkipWhile(IsGlue);

    private static bool IsGlue(string word) => char.IsAsciiLetterLower(word[0]);
}
