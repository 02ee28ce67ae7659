using Shop.Load.Client;

namespace Shop.Load.Bench.Search;

/// <summary>What is asked of search: taken from a shop's own catalogue, the same each time.</summary>
/// <param name="Texts">One to three words of a title, in nine of ten; of two titles in the others, which no product may meet.</param>
/// <param name="Slugs">Where products are.</param>
/// <param name="Categories">Their ids; most products first.</param>
/// <param name="Titles">What products are called.</param>
internal sealed record SearchTexts(
    IReadOnlyList<string> Texts,
    IReadOnlyList<string> Slugs,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Titles
)
{
    private const int Count = 2_000;
    private const int MostProducts = 5_000;

    // A word without a digit, as the statement written by hand can read it.
    private const int ShortestWord = 3;

    /// <summary>Turns the pages of all titles, up to five thousand, and draws from them.</summary>
    public static async Task<SearchTexts> ReadAsync(ShopClient shop, CancellationToken cancel)
    {
        var products = new List<(string Slug, string Title)>();
        IReadOnlyList<string> categories = [];
        string? after = null;
        do
        {
            var data = await shop.AskAsync(SearchOperations.Titles, new { after }, cancel);
            var page = data.GetProperty("productSearch");
            categories =
            [
                .. from facet in page.GetProperty("facets").EnumerateArray()
                from value in facet.GetProperty("values").EnumerateArray()
                select value.GetProperty("value").GetString(),
            ];
            products.AddRange(
                from edge in page.GetProperty("edges").EnumerateArray()
                let node = edge.GetProperty("node")
                select (node.GetProperty("slug").GetString()!, node.GetProperty("title").GetString()!)
            );
            after = Catalogue.Next(page);
        } while (after is not null && products.Count < MostProducts);

        return new(
            [
                .. Drawn([
                    .. products.Select(product => WordsOf(product.Title)).Where(words => words.Length > 0),
                ]),
            ],
            [.. products.Select(product => product.Slug)],
            categories,
            [.. products.Select(product => product.Title)]
        );
    }

    /// <summary>The beginning of one title and the end of another: what further products are called, by their number.</summary>
    public string Recombined(int product)
    {
        var chance = new Random(product);
        var (one, other) = (Drawn(), Drawn());
        return string.Join(' ', [.. one[..((one.Length + 1) / 2)], .. other[(other.Length / 2)..]]);

        string[] Drawn() => Titles[chance.Next(Titles.Count)].Replace(',', ' ').Replace('"', ' ').Split(' ');
    }

    private static IEnumerable<string> Drawn(IReadOnlyList<string[]> titles)
    {
        // The same draw each time.
        var chance = new Random(7);
        for (var text = 0; text < Count; text++)
        {
            var title = titles[chance.Next(titles.Count)];
            var start = chance.Next(title.Length);
            var words = title[start..Math.Min(title.Length, start + 1 + chance.Next(3))];
            yield return string.Join(
                ' ',
                text % 10 == 0 ? words.Append(titles[chance.Next(titles.Count)][0]) : words
            );
        }
    }

    private static string[] WordsOf(string title) =>
        [
            .. title
                .ToLowerInvariant()
                .Split(' ')
                .Where(word => word.Length >= ShortestWord && word.All(char.IsAsciiLetterLower)),
        ];
}
