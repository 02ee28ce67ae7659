using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Audit;
using Shop.Data.Cache;
using Shop.Data.Catalog.Edit;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Files;
using Shop.Data.Catalog.Import.Saving;
using Shop.Data.Catalog.Prices;
using Shop.Data.Messages;

namespace Shop.Data.Catalog;

/// <summary>Registers Catalog.</summary>
public static class CatalogServices
{
    /// <summary>Its database and its verbs.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services) =>
        services
            .AddDatabase<CatalogDb>()
            .AddLocalMessages<CatalogDb>()
            .AddSingleton<CurrentPrices>()
            .AddSingleton<ProductFeed>()
            .AddEntityCache<CatalogDb>()
            .AddSingleton<CatalogKeys>()
            .AddSingleton<CatalogAnnouncements>()
            .AddSingleton<ForgetCached>()
            .AddSingleton<SaveProduct>()
            .AddSingleton<ArchiveProduct>()
            .AddSingleton<SaveCategory>()
            .AddSingleton<PriceListChange>()
            .AddSingleton<SavePriceList>()
            .AddSingleton<SetListPrices>()
            .AddSingleton<ForgetPrices>()
            .AddIdempotencyKeys<CatalogDb>()
            .AddAuditBook<CatalogDb>()
            .AddImports();

    private static IServiceCollection AddImports(this IServiceCollection services) =>
        services
            .AddSettings<ImportOptions>(
                ImportOptions.Section,
                options =>
                    options.Validate(
                        import => ImportSources.Read(import.Sources) is not null,
                        "Catalog:Import: Sources are http addresses that end with a slash, separated by spaces."
                    )
            )
            .AddSingleton<StageFile>()
            .AddSingleton<ImportSources>()
            .AddSingleton<FetchFile>()
            .AddSingleton<ImportAnnouncements>()
            .AddSingleton<ImportLookup>()
            .AddSingleton<StartImport>()
            .AddSingleton<CancelImport>()
            .AddSingleton<RunNextImport>()
            .AddSingleton<ForgetImports>()
            .AddSingleton<ImportCatalog>()
            .AddSingleton<SampleCatalog>();
}
