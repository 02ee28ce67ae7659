using Shop.Data.Catalog;
using Shop.Data.Catalog.Import.Files;
using Shop.GraphQL.Catalog.Import;
using Shop.GraphQL.Catalog.Prices;
using ImportId = Shop.Data.Catalog.Import.ImportId;
using PriceListId = Shop.Data.Catalog.Prices.PriceListId;

namespace Shop.GraphQL.Catalog;

/// <summary>What Catalog adds to the graph.</summary>
internal sealed class CatalogModule : IGraphModule
{
    /// <inheritdoc />
    public void Configure(GraphModuleBuilder graph) =>
        graph
            .Id<ProductId>("Product")
            .Id<VariantId>("ProductVariant")
            .Id<CategoryId>("Category")
            .Id<ImportId>("CatalogImport")
            .Id<StagedFileId>("StagedFile")
            .Id<PriceListId>("PriceList")
            .Node<ProductId, Product>((loaders, id) => loaders.Get<ProductById>().Load(id))
            .Node<VariantId, ProductVariant>((loaders, id) => loaders.Get<VariantById>().Load(id))
            .Node<CategoryId, Category>((loaders, id) => loaders.Get<CategoryById>().Load(id))
            .Node<ImportId, CatalogImport>((loaders, id) => loaders.Get<ImportById>().Load(id))
            .Node<PriceListId, PriceList>((loaders, id) => loaders.Get<PriceListById>().Load(id))
            .Key<Product>("slug", (loaders, slug) => loaders.Get<ProductBySlug>().Load(slug))
            .Key<ProductVariant>("sku", (loaders, sku) => loaders.Get<VariantBySku>().Load(sku))
            .Key<Category>("slug", (loaders, slug) => loaders.Get<CategoryBySlug>().Load(slug))
            .Public<ProductOption>()
            .Public<SelectedOption>()
            .Counted<Product>()
            .Counted<ProductVariant>()
            .Query<CatalogQueries>()
            .Query<ImportQueries>()
            .Query<PriceListQueries>()
            .Mutation<CatalogMutations>()
            .Mutation<ImportMutations>()
            .Mutation<PriceListMutations>()
            .Subscription<ImportSubscriptions>();
}
