using Microsoft.EntityFrameworkCore;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Uses;
using Shop.Data.Storage;
using Shop.GraphQL.Pricing.Codes;
using StoredPromotion = Shop.Data.Pricing.Promotions.Promotion;

namespace Shop.GraphQL.Pricing;

/// <summary>Money off: how much, of what, on which conditions and when. Orders that were placed keep what they were promised.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Version">1 when it was made; rises by one with each change.</param>
/// <param name="Title">What customers read of it.</param>
/// <param name="Stage">When it takes its turn.</param>
/// <param name="Action">What it takes off.</param>
/// <param name="When">What has to be so; null for nothing.</param>
/// <param name="StartsAt">The first moment at which it runs; null for always.</param>
/// <param name="EndsAt">The first moment at which it runs no more; null for never.</param>
/// <param name="PausedAt">When it was stopped; null while it runs as planned.</param>
/// <param name="Priority">The smaller number comes first, among promotions of a stage.</param>
/// <param name="Group">Of the promotions of one group one applies; null where it stacks with all.</param>
/// <param name="Pick">Which one of its group applies.</param>
/// <param name="Alone">It applies with no other, where that costs less.</param>
/// <param name="Limits">How often it can be used, at most one of a kind; none for as often as it fits.</param>
/// <param name="KeepsUsesOfCancelled">An order that comes to nothing does not give its use back.</param>
/// <param name="NeedsCode">It does nothing until the customer has typed a code of it.</param>
/// <param name="IsAdvertised">Carts tell what is missing for it.</param>
[Staff(StaffRole.Pricing)]
internal sealed record Promotion(
    PromotionId Id,
    int Version,
    string Title,
    PromotionStage Stage,
    ActionInput Action,
    ConditionInput? When,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    DateTimeOffset? PausedAt,
    int Priority,
    string? Group,
    GroupPick Pick,
    bool Alone,
    [property: ListSize(1)] IReadOnlyList<LimitInput> Limits,
    bool KeepsUsesOfCancelled,
    bool NeedsCode,
    bool IsAdvertised
) : Node
{
    /// <summary>How many orders use it; zero where it has no limit, since nobody counts then.</summary>
    public IDataLoaderResult<int> Uses([FromServices] LoaderContext loaders) =>
        loaders.Get<UsesByPromotion>().Load(Id).Select(counter => counter?.Used ?? 0);

    /// <summary>Its codes, in the order in which they were made: those of a later call come last.</summary>
    /// <param name="page">Which part of the list.</param>
    /// <param name="reads">Finds them.</param>
    /// <param name="cancel">Ends the read.</param>
    public async Task<Connection<PromotionCode>> CodesAsync(
        ForwardPage page,
        [FromServices] Reads<PricingDb> reads,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var codes = await db
            .Codes.Where(row => row.PromotionId == Id)
            .After(page.Cursor)
            .OrderBy(row => row.BatchId)
            .ThenBy(row => row.Code)
            .Take(page.Take)
            .ToListAsync(cancel);
        return Connection<PromotionCode>.Of(codes.ConvertAll(PromotionCode.Of), page, code => code.Cursor);
    }

    /// <summary>Its codes by the call that asked for them, newest first: how far they are, and where their file is.</summary>
    /// <param name="page">Which part of the list.</param>
    /// <param name="reads">Finds them.</param>
    /// <param name="cancel">Ends the read.</param>
    public async Task<Connection<PromotionCodeBatch>> CodeBatchesAsync(
        ForwardPage page,
        [FromServices] Reads<PricingDb> reads,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = db.CodeBatches.Where(row => row.PromotionId == Id);
        if (Cursor.Number(page.Cursor) is { } before)
        {
            rows = rows.Where(row => (long)(object)row.Id < before);
        }

        var batches = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return Connection<PromotionCodeBatch>.Of(
            batches.ConvertAll(PromotionCodeBatch.Of),
            page,
            batch => Cursor.Of(batch.Id.Value)
        );
    }

    internal static Promotion Of(StoredPromotion row) =>
        new(
            row.Id,
            row.Version,
            row.Title,
            row.Stage,
            ActionInput.Of(row.Action),
            row.When is null ? null : ConditionInput.Of(row.When),
            row.StartsAt,
            row.EndsAt,
            row.PausedAt,
            row.Priority,
            row.Group,
            row.Pick,
            row.Alone,
            [.. row.Limits.Select(LimitInput.Of)],
            row.KeepsUsesOfCancelled,
            row.NeedsCode,
            row.IsAdvertised
        );
}

/// <summary>A promotion; for staff alone, as its type says.</summary>
internal sealed class PromotionById(Reads<PricingDb> reads) : Loader<PromotionId, Promotion>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<PromotionId, Promotion>> FetchAsync(
        IReadOnlyList<PromotionId> keys,
        CancellationToken cancel
    )
    {
        await using var db = await reads.OpenAsync(cancel);
        var rows = await db.Promotions.Where(row => keys.Contains(row.Id)).ToListAsync(cancel);
        return rows.ToDictionary(row => row.Id, Promotion.Of);
    }
}

/// <summary>The counter of all orders that use a promotion with a limit.</summary>
internal sealed class UsesByPromotion(Reads<PricingDb> reads)
    : RowLoader<PricingDb, PromotionId, PromotionCounter>(reads, counter => counter.PromotionId)
{
    /// <inheritdoc />
    protected override IQueryable<PromotionCounter> Rows(PricingDb db, IReadOnlyList<PromotionId> keys) =>
        db.Counters.Where(counter => counter.Per == LimitPer.Total && keys.Contains(counter.PromotionId));
}

/// <summary>What staff finds of promotions.</summary>
internal sealed class PromotionQueries(Reads<PricingDb> reads)
{
    /// <summary>All promotions, running, planned, stopped and over; the newest first.</summary>
    /// <param name="page">Which part of the list.</param>
    /// <param name="cancel">Ends the read.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<Connection<Promotion>> PromotionsAsync(ForwardPage page, CancellationToken cancel)
    {
        await using var db = await reads.OpenAsync(cancel);
        IQueryable<StoredPromotion> rows = db.Promotions;
        if (Cursor.Number(page.Cursor) is { } before)
        {
            rows = rows.Where(row => (long)(object)row.Id < before);
        }

        var promotions = await rows.OrderByDescending(row => row.Id).Take(page.Take).ToListAsync(cancel);
        return Connection<Promotion>.Of(
            promotions.ConvertAll(Promotion.Of),
            page,
            promotion => Cursor.Of(promotion.Id.Value)
        );
    }
}
