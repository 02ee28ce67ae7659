using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Storage;

namespace Shop.Data.Catalog;

/// <summary>Registers what Catalog offers to the hosts.</summary>
public static class CatalogServices
{
    /// <summary>Needs a clock (<see cref="TimeProvider"/>) and <see cref="Kernel.NewId"/>.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services) =>
        services.AddDatabase<CatalogDb>();
}
