using Npgsql;
using Shop.Data.Search.Words;

namespace Shop.Data.Search.Finding;

/// <summary>Shows where products have what was looked for, as HTML in which nothing but <c>&lt;mark&gt;</c> is markup.</summary>
public sealed class Highlights(Stems stems)
{
    private const int MaxPieces = 2;
    private const int PieceLength = 120;

    // What stands before the first mark of a piece, so that it can be understood.
    private const int LeadIn = 40;

    /// <summary>Of each product its title, then at most two pieces of its description that have a word, of 120 characters.</summary>
    /// <param name="found">What was looked for; without a text nothing is marked.</param>
    /// <param name="products">Titles and descriptions.</param>
    /// <param name="cancel">Ends the read.</param>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and a word is new.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> OfAsync(
        SearchResult found,
        IReadOnlyList<(string Title, string Description)> products,
        CancellationToken cancel
    )
    {
        SearchWord[] words = [.. found.Reading?.Terms.Meant ?? []];
        var texts = products
            .SelectMany(product => new[] { product.Title, product.Description })
            .Distinct()
            .ToDictionary(text => text, text => PlacedWord.Of(text).ToList());
        var stemOf = await stems.OfAsync(
            [
                .. words,
                .. texts.Values.SelectMany(placed => placed).Select(one => new SearchWord(one.Parts, false)),
            ],
            cancel
        );
        var wanted = words
            .Where(word => !word.IsSigns)
            .SelectMany(word => word.Parts)
            .Select(part => stemOf.GetValueOrDefault(part, part))
            .ToHashSet(StringComparer.Ordinal);
        string[] runs = [.. words.Where(word => word.IsSigns).Select(word => word.Text)];
        return
        [
            .. products.Select(product =>
                (IReadOnlyList<string>)
                    [
                        Marks.Html(product.Title, PlacesIn(product.Title)),
                        .. Pieces(product.Description, [.. PlacesIn(product.Description).Order()]),
                    ]
            ),
        ];

        IEnumerable<(int Start, int End)> PlacesIn(string text) =>
            texts[text]
                .Where(word => word.Parts.Any(part => wanted.Contains(stemOf.GetValueOrDefault(part, part))))
                .Select(word => (word.Start, word.End))
                .Concat(Marks.OfSigns(text, runs));
    }

    private static IEnumerable<string> Pieces(string text, IReadOnlyList<(int Start, int End)> places)
    {
        var from = 0;
        for (var piece = 0; piece < MaxPieces; piece++)
        {
            if (places.FirstOrDefault(place => place.Start >= from) is not { End: > 0 } first)
            {
                yield break;
            }

            var start = WordStart(text, Math.Max(from, first.Start - LeadIn), first.Start);
            var end = Math.Max(first.End, WordEnd(text, start, Math.Min(text.Length, start + PieceLength)));
            yield return Marks.Html(
                text[start..end].TrimEnd(),
                places
                    .Where(place => place.Start >= start && place.End <= end)
                    .Select(place => (place.Start - start, place.End - start))
            );
            from = end;
        }
    }

    // Behind a blank, so that no word is cut; at the mark itself where there is none.
    private static int WordStart(string text, int from, int mark)
    {
        if (from == 0)
        {
            return 0;
        }

        var blank = text.IndexOf(' ', from - 1, mark - from + 1);
        return blank < 0 ? mark : blank + 1;
    }

    private static int WordEnd(string text, int start, int end)
    {
        var blank = end == text.Length ? end : text.LastIndexOf(' ', end, end - start);
        return blank > start ? blank
            : char.IsLowSurrogate(text[end]) ? end - 1
            : end;
    }
}
