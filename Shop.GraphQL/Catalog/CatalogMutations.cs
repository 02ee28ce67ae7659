using Microsoft.Extensions.Options;
using Shop.Data.Catalog.Edit;

namespace Shop.GraphQL.Catalog;

/// <summary>What staff does with the catalogue.</summary>
internal sealed class CatalogMutations(
    SaveProduct saveProduct,
    ArchiveProduct archiveProduct,
    SaveCategory saveCategory,
    LoaderContext loaders,
    Asker asker,
    IOptions<ShopOptions> options
)
{
    /// <summary>
    /// Makes a product, or changes it, with all its variants at once; its version rises by one. New SKUs have no stock yet:
    /// `stockSet` counts them.
    /// </summary>
    /// <param name="input">The product as it shall be.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Catalog)]
    public async Task<ProductPayload> ProductSaveAsync(ProductSaveInput input, CancellationToken cancel)
    {
        var currency = options.Value.Currency;
        var category = input.Category is null
            ? null
            : await input.Category.Load(loaders).GetResultAsync(cancel);
        var problems = ProductFaults.Of(input, currency).ToList<Problem>();
        if (input.Category is not null && category is null)
        {
            problems.Add(NoCategory(input.Category, ["category"]));
        }

        if (problems.Count > 0)
        {
            return ProductPayload.Refused(problems);
        }

        var request = ProductRequests.Of(input, category?.Id, currency, asker.Customer!.Value);
        var result = await saveProduct.RunAsync(request, cancel);
        return result switch
        {
            SaveProductResult.Saved saved => ProductPayload.Of(saved.Id, saved.Replayed),
            SaveProductResult.NotFound => ProductPayload.Refused(NoProduct(["id"], input.Id)),
            SaveProductResult.VersionConflict(var version) => ProductPayload.Refused(
                new VersionConflict(version) { Field = ["ifVersion"] }
            ),
            SaveProductResult.Refused(var faults) => ProductPayload.Refused([
                .. faults.Select(ProductRequests.Problem),
            ]),
            SaveProductResult.KeyConflict => ProductPayload.Refused(new IdempotencyConflict()),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };
    }

    /// <summary>
    /// Takes a product off sale: absent for shoppers from now on, kept for the orders that name it. One that is archived
    /// stays so, whatever version is given. `productSave` with the status `ACTIVE` brings it back.
    /// </summary>
    /// <param name="input">Which one.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Catalog)]
    public async Task<ProductPayload> ProductArchiveAsync(ProductArchiveInput input, CancellationToken cancel)
    {
        if (await input.Product.Load(loaders).GetResultAsync(cancel) is not { } product)
        {
            return ProductPayload.Refused(NoProduct(["product"], input.Product.Id));
        }

        var result = await archiveProduct.RunAsync(
            product.Id,
            input.IfVersion,
            asker.Customer!.Value,
            cancel
        );
        return result switch
        {
            ArchiveProductResult.Archived(var id) => ProductPayload.Of(id),
            ArchiveProductResult.NotFound => ProductPayload.Refused(NoProduct(["product"], product.Id)),
            ArchiveProductResult.VersionConflict(var version) => ProductPayload.Refused(
                new VersionConflict(version) { Field = ["ifVersion"] }
            ),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };
    }

    /// <summary>
    /// Puts up a category, renames it, or moves it with all that stands below it. Repeated, it changes nothing: a slug is
    /// given once. At most 200 stand right below one.
    /// </summary>
    /// <param name="input">The category as it shall be.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Catalog)]
    public async Task<CategoryPayload> CategorySaveAsync(CategorySaveInput input, CancellationToken cancel)
    {
        var parent = input.Parent is null ? null : await input.Parent.Load(loaders).GetResultAsync(cancel);
        List<Problem> problems =
        [
            .. TextFaults.Line(input.Title, ["title"]),
            .. TextFaults.Slug(input.Slug, ["slug"]),
        ];
        if (input.Parent is not null && parent is null)
        {
            problems.Add(NoCategory(input.Parent, ["parent"]));
        }

        if (problems.Count > 0)
        {
            return CategoryPayload.Refused(problems);
        }

        var result = await saveCategory.RunAsync(
            new(input.Id, input.Title, input.Slug, parent?.Id, asker.Customer!.Value),
            cancel
        );
        return result switch
        {
            SaveCategoryResult.Saved(var id) => new([]) { Id = id },
            SaveCategoryResult.NotFound => CategoryPayload.Refused(
                NoCategory(new CategoryBy { Id = input.Id }, ["id"])
            ),
            SaveCategoryResult.NoSuchParent => CategoryPayload.Refused(NoCategory(input.Parent!, ["parent"])),
            SaveCategoryResult.BelowItself => CategoryPayload.Refused(
                new InvalidInput("A category cannot stand below itself.", ["parent"])
            ),
            SaveCategoryResult.SlugTaken => CategoryPayload.Refused(
                new InvalidInput("Another category has this slug.", ["slug"])
            ),
            SaveCategoryResult.NoSlug => CategoryPayload.Refused(
                new InvalidInput("Nothing of the title can stand in an address: give a slug.", ["slug"])
            ),
            SaveCategoryResult.TooManySiblings => CategoryPayload.Refused(
                new InvalidInput($"At most {SaveCategory.MaxSiblings} stand right below one.", ["parent"])
            ),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };
    }

    private static NotFound NoProduct(string[] field, ProductId? id) =>
        new("There is no such product.", field, id is { } known ? GlobalId.Of(known) : null);

    private static NotFound NoCategory(CategoryBy by, string[] field) =>
        new("There is no such category.", field, by.Id is { } id ? GlobalId.Of(id) : null);
}
