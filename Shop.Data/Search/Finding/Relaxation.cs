namespace Shop.Data.Search.Finding;

/// <summary>Leaves out words of a text that no product meets as a whole. Words are bits.</summary>
internal static class Relaxation
{
    /// <summary>
    /// What is left of the words: those that no product has go first, then the one that most products have, of equals the later one,
    /// until a product has all that are left.
    /// </summary>
    /// <param name="words">How many words there are, at most 31.</param>
    /// <param name="products">Of each product, which of the words it has.</param>
    /// <returns>Zero where no product has any.</returns>
    public static int Kept(int words, IReadOnlyCollection<int> products) =>
        Left([.. Enumerable.Range(0, words).Select(word => products.Count(has => (has & (1 << word)) != 0))])
            .FirstOrDefault(kept => products.Any(has => (has & kept) == kept));

    /// <summary>What may be left, most words first; the last is one word, which some product has. None where no product has any.</summary>
    /// <param name="products">Of each word, how many products have it.</param>
    public static IEnumerable<int> Left(IReadOnlyList<int> products)
    {
        var kept = 0;
        foreach (var (word, count) in products.Index())
        {
            kept |= count > 0 ? 1 << word : 0;
        }

        while (kept != 0)
        {
            yield return kept;
            kept &= ~products
                .Index()
                .Select(each => (Bit: 1 << each.Index, Products: each.Item))
                .Where(each => (kept & each.Bit) != 0)
                .MaxBy(each => (each.Products, each.Bit))
                .Bit;
        }
    }
}
