namespace Shop.Data.Catalog.Import.Naming;

/// <summary>A category that an import fills by the words of the titles.</summary>
/// <param name="Root">The category's title, or that of the category above it.</param>
/// <param name="Child">The category's title; null for a root.</param>
/// <param name="Things">Phrases that name what stands here.</param>
/// <param name="Motifs">Words that mean this category where no thing is named.</param>
internal sealed record KeywordCategory(string Root, string? Child, string[][] Things, string[][] Motifs)
{
    /// <summary>Its place in a web address, and the key by which an import finds it again: titles are unique here.</summary>
    public string Slug => SlugOf.Title(Title);

    /// <summary>Its own name, for people.</summary>
    public string Title => Child ?? Root;

    /// <summary>All of them, in display order; each root stands before its children. See <c>categories.txt</c>.</summary>
    public static IReadOnlyList<KeywordCategory> All { get; } = Read();

    private static List<KeywordCategory> Read()
    {
        using var file = typeof(KeywordCategory).Assembly.GetManifestResourceStream(
            typeof(KeywordCategory),
            "categories.txt"
        )!;
        using var reader = new StreamReader(file);
        var categories = new List<KeywordCategory>();
        var root = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] != ' ')
            {
                root = line;
                categories.Add(new KeywordCategory(root, Child: null, [], []));
                continue;
            }

            string[] parts = [.. line.Split(':', ';'), "", ""];
            categories.Add(new KeywordCategory(root, parts[0].Trim(), Phrases(parts[1]), Phrases(parts[2])));
        }

        return categories;
    }

    private static string[][] Phrases(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(phrase => phrase.Split(' ').Select(Wording.Key).ToArray())
            .ToArray();
}
