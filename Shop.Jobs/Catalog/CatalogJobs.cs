using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Messages;
using Shop.Data.Catalog.Prices;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Catalog;

/// <summary>What Catalog does later.</summary>
internal static class CatalogJobs
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    /// <summary>Catalog, and who has caches forget what it has changed.</summary>
    public static IServiceCollection Add(IServiceCollection services) =>
        services.AddCatalog().AddSingleton<ForgetChanged>();

    public static void Describe(ContextJobs catalog) =>
        catalog
            // Its own facts: the caches are those of its rows.
            .Hears<ProductsChanged, ForgetChanged>((forget, told, cancel) => forget.RunAsync(told, cancel))
            .Hears<CategoriesChanged, ForgetChanged>((forget, told, cancel) => forget.RunAsync(told, cancel))
            .Hears<PriceListsChanged, ForgetChanged>((forget, told, cancel) => forget.RunAsync(told, cancel))
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
