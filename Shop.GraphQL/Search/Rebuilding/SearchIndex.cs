using Microsoft.EntityFrameworkCore;
using Shop.Data.Search;
using Shop.Data.Storage;

namespace Shop.GraphQL.Search.Rebuilding;

/// <summary>An index of products in Elasticsearch: the one that is searched, one that was, or one that is built.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Version">Rises with each step; drop what is older than what you have. What it is fed meanwhile is no step.</param>
/// <param name="Name">What it is called in Elasticsearch.</param>
/// <param name="State">How far it is.</param>
/// <param name="Done">Products that were filled in so far. After a fault it goes on from there.</param>
/// <param name="Total">Products that were on sale when it was asked for; `done` ends a little above where some are not.</param>
/// <param name="Progress">How much is filled in, 0 to 1.</param>
/// <param name="AsOf">All that was committed by then is in it.</param>
/// <param name="Error">Why it came to nothing; or the last product that Elasticsearch has refused, and why. Null for nothing.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="LiveAt">When it was searched first, or again; null where it never was.</param>
/// <param name="ChangedAt">When its last step was. One that is `OLD` is removed an hour after.</param>
[Staff(StaffRole.Catalog)]
internal sealed record SearchIndex(
    EngineIndexId Id,
    int Version,
    string Name,
    SearchIndexState State,
    int Done,
    int Total,
    double Progress,
    DateTimeOffset AsOf,
    string? Error,
    DateTimeOffset StartedAt,
    DateTimeOffset? LiveAt,
    DateTimeOffset ChangedAt
) : Node
{
    internal static SearchIndex Of(EngineIndex row) =>
        new(
            row.Id,
            row.Version,
            row.Name,
            row.State,
            row.Done,
            row.Total,
            ProgressOf(row),
            row.FedAsOf,
            row.Error,
            row.StartedAt,
            row.LiveAt,
            row.ChangedAt
        );

    // What is filled in is all products, also those that are not on sale.
    private static double ProgressOf(EngineIndex row) =>
        row.LiveAt is not null ? 1 : Math.Min(1, (double)row.Done / Math.Max(1, row.Total));
}

/// <summary>Indexes, for those who have the role.</summary>
internal sealed class SearchIndexById(Reads<SearchDb> reads)
    : RowLoader<SearchDb, EngineIndexId, SearchIndex>(reads, index => index.Id)
{
    /// <inheritdoc />
    protected override IQueryable<SearchIndex> Rows(SearchDb db, IReadOnlyList<EngineIndexId> keys) =>
        db.EngineIndexes.Where(row => keys.Contains(row.Id)).Select(row => SearchIndex.Of(row));
}
