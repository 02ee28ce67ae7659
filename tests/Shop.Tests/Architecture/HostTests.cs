using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Storage;

namespace Shop.Tests.Architecture;

/// <summary>What each project may know of the others, and of the packages.</summary>
public sealed class HostTests
{
    private static readonly string[] _writes =
    [
        "Add",
        "Update",
        "Remove",
        "Attach",
        "SaveChanges",
        "Execute",
    ];

    [Theory]
    [InlineData(
        "Shop.Data",
        "GraphQL",
        "Quartz",
        "Microsoft.AspNetCore",
        "Garnet",
        "Shop.Jobs",
        "Shop.GraphQL"
    )]
    [InlineData("Shop.Jobs", "GraphQL", "Microsoft.AspNetCore", "Garnet", "Shop.GraphQL")]
    [InlineData("Shop.GraphQL", "Quartz")]
    public void A_project_knows_nothing_of(string project, params string[] strangers)
    {
        var known = Assembly.Load(project).GetReferencedAssemblies().Select(reference => reference.Name!);

        Offences.None(
            known.Where(name =>
                strangers.Any(stranger => $"{name}.".StartsWith($"{stranger}.", StringComparison.Ordinal))
            )
        );
    }

    [Fact]
    public void Only_the_host_of_the_graph_may_run_the_jobs_and_its_operators_see_them()
    {
        var strays =
            from type in Context.Types(Context.Graph)
            where
                !$"{type.Namespace}.".StartsWith("Shop.GraphQL.Host.", StringComparison.Ordinal)
                && Context.Of(type) != "Operations"
            from used in References.Types(type)
            where Context.IsIn(Context.Jobs, used)
            select $"{type.FullName} → {used.FullName}";

        Offences.None(strays);
    }

    [Fact]
    public void The_graph_reads_and_leaves_writing_to_the_verbs()
    {
        var strays =
            from type in Context.Types(Context.Graph)
            from member in References.Members(type)
            where IsWrite(member)
            select $"{type.FullName} → {member.DeclaringType!.Name}.{member.Name}";

        Offences.None(strays);
    }

    private static bool IsWrite(MemberInfo member) =>
        member is MethodInfo { DeclaringType: { } owner }
        && (
            (
                IsOfEntityFramework(owner)
                && _writes.Any(verb => member.Name.StartsWith(verb, StringComparison.Ordinal))
            )
            || (
                IsDatabase(owner)
                && member.Name is nameof(Database<>.OpenPrimary) or "get_" + nameof(Database<>.Primary)
            )
        );

    private static bool IsOfEntityFramework(Type owner) =>
        owner.IsAssignableTo(typeof(DbContext))
        || owner.Namespace == typeof(DbContext).Namespace && owner != typeof(EF);

    private static bool IsDatabase(Type owner) =>
        owner.IsGenericType && owner.GetGenericTypeDefinition() == typeof(Database<>);
}
