using Shop.Data.Catalog.Import;

namespace Shop.GraphQL.Catalog.Import;

/// <summary>What became of the wish to import a file.</summary>
/// <param name="Replayed">True where the key had been used before: this is the first call's import, no other was started.</param>
/// <param name="Problems">Why none was started; empty on success.</param>
[Staff(StaffRole.Catalog)]
internal sealed record CatalogImportPayload(
    bool Replayed,
    [property: ListSize(1)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>Which import it is.</summary>
    internal ImportId? ImportId { get; init; }

    /// <summary>The import: watch `catalogImportChanged`. Null where none was started.</summary>
    public IDataLoaderResult<CatalogImport?>? Import([FromServices] LoaderContext loaders) =>
        ImportId is { } id ? loaders.Get<ImportById>().Load(id) : null;

    internal static CatalogImportPayload Refused(Problem problem) => new(Replayed: false, [problem]);
}

/// <summary>What became of the wish to call an import off.</summary>
/// <param name="Problems">Why it goes on, or has ended otherwise; empty on success.</param>
[Staff(StaffRole.Catalog)]
internal sealed record CatalogImportCancelPayload([property: ListSize(1)] IReadOnlyList<Problem> Problems)
{
    /// <summary>Which import it is.</summary>
    internal ImportId? ImportId { get; init; }

    /// <summary>The import; one that runs ends with the batch that is under way. Null where it was not called off.</summary>
    public IDataLoaderResult<CatalogImport?>? Import([FromServices] LoaderContext loaders) =>
        ImportId is { } id ? loaders.Get<ImportById>().Load(id) : null;

    internal static CatalogImportCancelPayload Refused(Problem problem) => new([problem]);
}
