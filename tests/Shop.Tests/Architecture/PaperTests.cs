using System.Xml.Linq;

namespace Shop.Tests.Architecture;

/// <summary>What the papers say of the code is read from them and compared.</summary>
public sealed class PaperTests
{
    [Fact]
    public void The_readme_shows_the_map_that_the_tests_hold()
    {
        var shown =
            from row in Papers.Rows("README.md")
            // | **Orders** | what it owns | where | calls | hears |
            where row.Length == 5 && row[0].StartsWith("**", StringComparison.Ordinal)
            select $"{row[0].Trim('*')}: calls {row[3]}, hears {row[4]}";

        Assert.Equal(
            Context.All.Select(context =>
                $"{context.Name}: calls {List(context.Calls)}, hears {List(context.Hears)}"
            ),
            shown
        );
    }

    [Fact]
    public void The_readme_shows_the_map_of_the_graph_that_the_tests_hold()
    {
        var shown =
            from row in Papers.Rows("README.md")
            // | **Carts** | whose types it names |
            where row.Length == 2 && row[0].StartsWith("**", StringComparison.Ordinal)
            select $"{row[0].Trim('*')}: {row[1]}";

        Assert.Equal(GraphFolder.All.Select(folder => $"{folder.Name}: {List(folder.Names)}"), shown);
    }

    [Fact]
    public void Every_package_says_what_it_is_for()
    {
        var told = Papers.Rows("docs/dependencies.md").SelectMany(row => row[0].Split(", "));
        var used = XDocument
            .Parse(Papers.Read("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value);

        Offences.None(used.Except(told));
    }

    [Fact]
    public void Generators_of_code_are_told_of_every_scalar()
    {
        var paper = Papers.Read("docs/operating.md");

        Offences.None(
            from line in Papers.Read("schema/admin.graphql").Split('\n')
            where line.StartsWith("scalar ", StringComparison.Ordinal)
            let scalar = line.Split(' ')[1]
            where !paper.Contains($"\n    {scalar}: string\n", StringComparison.Ordinal)
            select scalar
        );
    }

    [Fact]
    public void Decisions_say_what_gets_worse() =>
        Assert.All(
            Directory.GetFiles(Path.Combine(Papers.Root, "docs", "decisions"), "*.md"),
            path =>
            {
                var text = File.ReadAllText(path);
                Assert.StartsWith($"# {Path.GetFileName(path)[..4]} ", text, StringComparison.Ordinal);
                Assert.Contains("\n## What gets worse\n", text, StringComparison.Ordinal);
            }
        );

    private static string List(string[] contexts) =>
        contexts.Length == 0 ? "nobody" : string.Join(", ", contexts);
}
