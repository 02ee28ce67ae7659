using System.Numerics;

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
    public static int Kept(int words, IReadOnlyCollection<int> products)
    {
        var kept = products.Aggregate(0, (all, has) => all | has);
        while (BitOperations.PopCount((uint)kept) > 1 && !products.Any(has => (has & kept) == kept))
        {
            kept &= ~Enumerable
                .Range(0, words)
                .Select(word => 1 << word)
                .Where(bit => (kept & bit) != 0)
                .MaxBy(bit => (products.Count(has => (has & bit) != 0), bit));
        }

        return kept;
    }
}
