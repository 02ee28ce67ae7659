using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Reading;

namespace Shop.GraphQL.Catalog.Import;

/// <summary>A file to be imported.</summary>
/// <param name="IdempotencyKey">The same key starts one import, however often it is sent.</param>
/// <param name="Url">Where the file is: what the upload at `/graphql/admin/files` has answered, or an address from which the shop fetches files; at most 2000 characters.</param>
/// <param name="Format">How it is written; null goes by what its upload said, or by its name.</param>
/// <param name="OnError">What becomes of rows that cannot be saved.</param>
/// <param name="OpenStock">Whether SKUs that were never counted, and for which the file has no `stock`, get units to sell: nine tenths of the column `units_sold`, at least 10. Null for no.</param>
internal sealed record CatalogImportInput(
    Guid IdempotencyKey,
    Uri Url,
    ImportFormat? Format,
    ImportErrorPolicy OnError,
    bool? OpenStock
)
{
    /// <summary>What the verb is asked.</summary>
    internal StartImportRequest ToRequest(Asker asker) =>
        new(
            IdempotencyKey,
            asker.Customer,
            Url,
            FileEndpoint.FileOf(Url),
            Format,
            OnError,
            OpenStock ?? false,
            CountsStock: asker.May(StaffRole.Stock)
        );
}

/// <summary>An import to be called off.</summary>
/// <param name="ImportId">Which. Called off twice is once.</param>
internal sealed record CatalogImportCancelInput(ImportId ImportId);
