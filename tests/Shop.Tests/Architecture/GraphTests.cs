namespace Shop.Tests.Architecture;

/// <summary>Who may know whom in Shop.GraphQL, so that each of its contexts can be served by a host of its own.</summary>
public sealed class GraphTests
{
    public static TheoryData<string> Names => [.. GraphFolder.All.Select(folder => folder.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_folder_names_its_own_types_and_those_of_its_neighbours(string name)
    {
        var folder = GraphFolder.All.Single(folder => folder.Name == name);

        Offences.None(
            from use in folder.Uses()
            where !folder.Names.Contains(Context.Of(use.To))
            select $"{use.From.FullName} → {use.To.FullName}"
        );
    }

    [Fact]
    public void Nobody_is_known_by_those_whom_they_know()
    {
        var left = GraphFolder.All;
        for (var before = int.MaxValue; left.Count < before; )
        {
            before = left.Count;
            left = [.. left.Where(folder => left.Any(other => folder.Names.Contains(other.Name)))];
        }

        Offences.None(left.Select(folder => $"{folder.Name} → {string.Join(", ", folder.Names)}"));
    }

    [Fact]
    public void Every_permission_is_used() =>
        Offences.None(
            from folder in GraphFolder.All
            from name in folder.Names.Except(folder.Uses().Select(use => Context.Of(use.To)))
            select $"{folder.Name} names nothing of {name}"
        );
}
