using Microsoft.EntityFrameworkCore;
using Shop.Data.Search;
using Shop.Data.Storage;
using Row = Shop.Data.Search.Synonym;

namespace Shop.GraphQL.Search.Synonyms;

/// <summary>
/// Words and phrases that mean the same to shoppers: who types one finds products that have another. They are known by their English
/// stems. What a synonym means has no synonyms of its own.
/// </summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Version">1 when it was made; rises by one with each change.</param>
/// <param name="Words">Words and phrases of 1 to 5 words, as staff has typed them; 2 to 10.</param>
/// <param name="IsOneWay">Whether the first finds the others, and not they it.</param>
[Staff(StaffRole.Catalog)]
internal sealed record Synonym(
    SynonymId Id,
    int Version,
    [property: ListSize(3)] IReadOnlyList<string> Words,
    bool IsOneWay
) : Node
{
    internal static Synonym Of(Row row) => new(row.Id, row.Version, row.Words, row.IsOneWay);
}

/// <summary>Synonyms, for those who have the role.</summary>
internal sealed class SynonymById(Reads<SearchDb> reads)
    : RowLoader<SearchDb, SynonymId, Synonym>(reads, synonym => synonym.Id)
{
    /// <inheritdoc />
    protected override IQueryable<Synonym> Rows(SearchDb db, IReadOnlyList<SynonymId> keys) =>
        db.Synonyms.Where(row => keys.Contains(row.Id)).Select(row => Synonym.Of(row));
}

/// <summary>What staff finds of synonyms.</summary>
internal sealed class SynonymQueries(Reads<SearchDb> reads)
{
    /// <summary>All synonyms of the shop; the newest first. There are 5,000 at most.</summary>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Catalog)]
    public async Task<Connection<Synonym>> SynonymsAsync(ForwardPage page, CancellationToken cancel)
    {
        await using var db = await reads.OpenAsync(cancel);
        IQueryable<Row> rows = db.Synonyms;
        if (Cursor.Number(page.Cursor) is { } before)
        {
            rows = rows.Where(row => (long)(object)row.Id < before);
        }

        var synonyms = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return Connection<Synonym>.Of(
            synonyms.ConvertAll(Synonym.Of),
            page,
            synonym => Cursor.Of(synonym.Id.Value)
        );
    }
}
