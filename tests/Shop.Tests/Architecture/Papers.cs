namespace Shop.Tests.Architecture;

/// <summary>The files of the clone that these tests were built from.</summary>
internal static class Papers
{
    /// <summary>The folder that holds Shop.sln.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>A file's text.</summary>
    /// <param name="path">From the root, with slashes.</param>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The rows of all Markdown tables of a file, cells trimmed.</summary>
    public static IEnumerable<string[]> Rows(string path) =>
        from line in Read(path).Split('\n')
        where line.StartsWith('|')
        select line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "Shop.sln"))
            ? folder
            : Above(
                Path.GetDirectoryName(folder)
                    ?? throw new InvalidOperationException("The tests run outside of a clone.")
            );
}
