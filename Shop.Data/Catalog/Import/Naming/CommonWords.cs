namespace Shop.Data.Catalog.Import.Naming;

/// <summary>What two texts have in common, word by word: their longest common subsequence.</summary>
internal static class CommonWords
{
    /// <summary>The longest run of words, gaps allowed, that stands in both; spelled as in the first.</summary>
    public static string[] Of(string[] left, string[] right)
    {
        var lengths = Lengths(left, right);
        var common = new List<string>();
        for (int i = 0, j = 0; i < left.Length && j < right.Length; )
        {
            if (Same(left[i], right[j]))
            {
                common.Add(left[i]);
                (i, j) = (i + 1, j + 1);
            }
            else if (lengths[i + 1, j] >= lengths[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return [.. common];
    }

    /// <summary>The words of a text beyond those it has in common with its siblings.</summary>
    public static string[] Rest(string[] text, string[] common)
    {
        var rest = new List<string>();
        var next = 0;
        foreach (var word in text)
        {
            if (next < common.Length && Same(word, common[next]))
            {
                next++;
            }
            else
            {
                rest.Add(word);
            }
        }

        return [.. rest];
    }

    private static int[,] Lengths(string[] left, string[] right)
    {
        var lengths = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = Same(left[i], right[j])
                    ? lengths[i + 1, j + 1] + 1
                    : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }

    private static bool Same(string left, string right) => Wording.Key(left) == Wording.Key(right);
}
