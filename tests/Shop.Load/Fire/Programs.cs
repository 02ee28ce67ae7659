using Shop.GraphQL.Host.Embedded;

namespace Shop.Load.Fire;

/// <summary>The shop's programs, each in the folder that it was built to, with all that it needs.</summary>
/// <param name="Web">Path of <c>Shop.GraphQL.dll</c>.</param>
/// <param name="Jobs">Path of <c>Shop.Jobs.dll</c>.</param>
internal sealed record Programs(string Web, string Jobs)
{
    /// <summary>Those that were built with this one.</summary>
    public static Programs BuiltWithUs { get; } =
        // tests/Shop.Load/bin/Release/net10.0/
        Of(Directory.GetParent(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!.Name);

    /// <summary>Those of another build.</summary>
    /// <param name="build">A folder's name in <c>bin</c>: <c>Release</c>, <c>Debug</c>, <c>StopPoints</c>.</param>
    public static Programs Of(string build) => new(In("Shop.GraphQL", build), In("Shop.Jobs", build));

    private static string In(string project, string build) =>
        Path.Combine(
            ShopHome.Clone ?? throw new UsageException("The shop's programs are built in a clone."),
            project,
            "bin",
            build,
            Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)),
            $"{project}.dll"
        );
}
