namespace Shop.Data.Catalog.Import.Naming;

/// <summary>A category that an import fills by the words of the titles.</summary>
/// <param name="Root">The category's title, or that of the category above it.</param>
/// <param name="Child">The category's title; null for a root.</param>
/// <param name="Things">Phrases that name what stands here.</param>
/// <param name="Motifs">Words that mean this shelf where no thing is named.</param>
internal sealed record Shelf(string Root, string? Child, string[][] Things, string[][] Motifs)
{
    /// <summary>Its place in a web address, and the key by which an import finds it again: titles are unique here.</summary>
    public string Slug => SlugOf.Text(Title);

    /// <summary>Its own name, for people.</summary>
    public string Title => Child ?? Root;

    /// <summary>All of them, in display order; each root stands before its children. See <c>shelves.txt</c>.</summary>
    public static IReadOnlyList<Shelf> All { get; } = Read();

    private static List<Shelf> Read()
    {
        using var file = typeof(Shelf).Assembly.GetManifestResourceStream(typeof(Shelf), "shelves.txt")!;
        using var reader = new StreamReader(file);
        var shelves = new List<Shelf>();
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
                shelves.Add(new Shelf(root, Child: null, [], []));
                continue;
            }

            string[] parts = [.. line.Split(':', ';'), "", ""];
            shelves.Add(new Shelf(root, parts[0].Trim(), Phrases(parts[1]), Phrases(parts[2])));
        }

        return shelves;
    }

    private static string[][] Phrases(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(phrase => phrase.Split(' ').Select(Wording.Key).ToArray())
            .ToArray();
}
