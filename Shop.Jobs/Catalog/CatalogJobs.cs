using Shop.Data.Catalog.Import;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Catalog;

/// <summary>What Catalog does later.</summary>
internal static class CatalogJobs
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    public static void Describe(ContextJobs catalog) =>
        catalog
            .RunsOnEachNode<ImportCatalogJob>("import-catalog", _look)
            .Repeats<ForgetImports>(
                "forget-imports",
                ContextJobs.Hourly,
                (forget, cancel) => forget.RunAsync(cancel)
            );
}
