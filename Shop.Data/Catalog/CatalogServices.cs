using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Audit;
using Shop.Data.Catalog.Edit;
using Shop.Data.Catalog.Import;
using Shop.Data.Storage;

namespace Shop.Data.Catalog;

/// <summary>Registers Catalog.</summary>
public static class CatalogServices
{
    /// <summary>Its database and its verbs.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services) =>
        services
            .AddDatabase<CatalogDb>()
            .AddSingleton<CurrentPrices>()
            .AddSingleton<CatalogAnnouncements>()
            .AddSingleton<ImportCatalog>()
            .AddSingleton<SampleCatalog>()
            .AddSingleton<SaveProduct>()
            .AddSingleton<ArchiveProduct>()
            .AddSingleton<SaveCategory>()
            .AddKeyRetention<CatalogDb>()
            .AddAuditBook<CatalogDb>();
}
