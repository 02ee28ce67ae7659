namespace Shop.Tests.Architecture;

/// <summary>What stands where: a folder at the top is a context, and no folder is too full to be looked through.</summary>
public sealed class LayoutTests
{
    private const int MaxFiles = 25;

    private static readonly string[] _projects = ["Shop.Data", "Shop.Jobs", "Shop.GraphQL"];

    [Fact]
    public void A_folder_at_the_top_is_a_context_or_the_readme_says_what_it_is()
    {
        var others =
            from project in _projects
            from folder in Folders(project)
            let name = Path.GetFileName(folder)
            where Context.All.All(context => context.Name != name)
            select $"`{project}/{name}`";
        var told = Papers
            .Rows("README.md")
            .Select(row => row[0])
            .Where(cell => cell.StartsWith("`Shop.", StringComparison.Ordinal) && cell.Contains('/'));

        Assert.Equal(told.Order(), others.Order());
    }

    [Fact]
    public void A_folder_has_at_most_25_files() =>
        Offences.None(
            from project in _projects
            from top in Folders(project)
            from folder in Directory.GetDirectories(top, "*", SearchOption.AllDirectories).Prepend(top)
            let files = Directory.GetFiles(folder, "*.cs").Length
            where files > MaxFiles
            select $"{Path.GetRelativePath(Papers.Root, folder)}: {files} files"
        );

    // What the compiler makes is none of ours.
    private static IEnumerable<string> Folders(string project) =>
        Directory
            .GetDirectories(Path.Combine(Papers.Root, project))
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"));
}
