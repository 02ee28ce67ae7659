using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Prices;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Catalog;

/// <summary>What Catalog does later.</summary>
internal static class CatalogJobs
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    public static void Describe(ContextJobs catalog) =>
        catalog
            .Repeats<RunNextImport>(
                "import-catalog",
                _look,
                async (next, cancel) => await next.RunAsync(cancel) is null ? 0 : 1,
                onEachNode: true
            )
            .Repeats<ForgetImports>(
                "forget-imports",
                ContextJobs.Hourly,
                (forget, cancel) => forget.RunAsync(cancel)
            )
            .Repeats<ForgetPrices>(
                "forget-prices",
                ContextJobs.Hourly,
                (forget, cancel) => forget.RunAsync(cancel)
            );
}
