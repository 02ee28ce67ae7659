using Microsoft.EntityFrameworkCore;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Codes;
using Shop.Data.Storage;

namespace Shop.GraphQL.Pricing.Codes;

/// <summary>Codes that one call has asked for, and how far their making is. Each is taken as soon as it is there.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Prefix">What made codes begin with; empty for nothing, and where they were named.</param>
/// <param name="Count">How many there shall be.</param>
/// <param name="Made">How many there are.</param>
/// <param name="EndsAt">The first moment at which they are taken no more; null for never, as long as their promotion runs.</param>
/// <param name="CreatedAt">When they were asked for.</param>
/// <param name="FinishedAt">When the last of them was made; null until then.</param>
/// <param name="Version">Rises with every piece that is made; drop what is older than what you have.</param>
[Staff(StaffRole.Pricing)]
internal sealed record PromotionCodeBatch(
    CodeBatchId Id,
    string Prefix,
    int Count,
    int Made,
    DateTimeOffset? EndsAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    int Version
) : Node
{
    /// <summary>
    /// Where `GET` fetches all of them from this host, as text, a code in a line, with the credential of this request; null until the last
    /// is made.
    /// </summary>
    public string? FilePath => FinishedAt is null ? null : CodeFileEndpoint.PathOf(Id);

    internal static PromotionCodeBatch Of(CodeBatch row) =>
        new(row.Id, row.Prefix, row.Wanted, row.Made, row.EndsAt, row.CreatedAt, row.FinishedAt, row.Version);
}

/// <summary>Codes by the call that asked for them; for staff alone, as their type says.</summary>
internal sealed class CodeBatchById(Reads<PricingDb> reads)
    : RowLoader<PricingDb, CodeBatchId, PromotionCodeBatch>(reads, batch => batch.Id)
{
    /// <inheritdoc />
    protected override IQueryable<PromotionCodeBatch> Rows(PricingDb db, IReadOnlyList<CodeBatchId> keys) =>
        db.CodeBatches.Where(row => keys.Contains(row.Id)).Select(row => PromotionCodeBatch.Of(row));
}

/// <summary>What became of the wish for codes.</summary>
/// <param name="Replayed">True where the key had been used before: the first call asked for them, nothing new happened.</param>
/// <param name="Problems">Why there will be none; empty on success.</param>
[Staff(StaffRole.Pricing)]
internal sealed record PromotionCodesPayload(
    bool Replayed,
    [property: ListSize(20)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>Whose codes they are.</summary>
    internal PromotionId? Id { get; init; }

    /// <summary>Which call it was.</summary>
    internal CodeBatchId? BatchId { get; init; }

    /// <summary>Whose codes they are; null where there will be none.</summary>
    public IDataLoaderResult<Promotion?>? Promotion([FromServices] LoaderContext loaders) =>
        Id is { } id ? loaders.Get<PromotionById>().Load(id) : null;

    /// <summary>
    /// The codes: up to 100,000 are there with this answer, more are made in the background, see `promotionCodeBatchChanged`. Null where
    /// there will be none.
    /// </summary>
    public IDataLoaderResult<PromotionCodeBatch?>? Batch([FromServices] LoaderContext loaders) =>
        BatchId is { } id ? loaders.Get<CodeBatchById>().Load(id) : null;

    internal static PromotionCodesPayload Refused(params IReadOnlyList<Problem> problems) =>
        new(Replayed: false, problems);
}
