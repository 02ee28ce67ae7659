using Shop.Data.Pricing.Codes;

namespace Shop.GraphQL.Pricing.Codes;

/// <summary>Which codes there shall be; exactly one of them.</summary>
[OneOf]
internal sealed record NewCodesInput
{
    /// <summary>These, such as `SPRING25`: letters and digits, at most 40 of them; case, blanks and hyphens do not matter. At most 100.</summary>
    [MaxItems(100)]
    public IReadOnlyList<string>? Named { get; init; }

    /// <summary>So many that nobody can guess.</summary>
    public MadeCodesInput? Made { get; init; }
}

/// <summary>Codes that nobody can guess: twelve letters and digits, of which no two look alike.</summary>
/// <param name="Count">How many; 1 to 1,000,000. More than 100,000 are made in the background.</param>
/// <param name="Prefix">What they begin with, letters and digits; at most 28 of them. Nothing where it is left out.</param>
internal sealed record MadeCodesInput(
    [property: Between(1, CreateCodes.MaxMade)] int Count,
    [property: MaxText(CodeText.MaxPrefix)] string? Prefix
);

/// <summary>Codes for a promotion.</summary>
/// <param name="IdempotencyKey">The same key makes them once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="PromotionId">Whose codes they will be.</param>
/// <param name="Codes">Which.</param>
/// <param name="EndsAt">The first moment at which they are taken no more; never, as long as their promotion runs, where it is left out.</param>
internal sealed record PromotionCodesCreateInput(
    Guid IdempotencyKey,
    PromotionId PromotionId,
    NewCodesInput Codes,
    DateTimeOffset? EndsAt
)
{
    /// <summary>What of it no code can be; empty where all is well.</summary>
    internal IEnumerable<Problem> Faults()
    {
        if (Codes.Named is { Count: 0 })
        {
            yield return new InvalidInput("There has to be a code.", ["codes", "named"]);
        }

        foreach (var (index, code) in (Codes.Named ?? []).Index())
        {
            if (CodeText.Of(code) is null)
            {
                yield return new InvalidInput(
                    $"A code has 1 to {CodeText.MaxLength} letters from A to Z and digits.",
                    ["codes", "named", $"{index}"]
                );
            }
        }

        if (Codes.Made?.Prefix is { Length: > 0 } prefix && CodeText.Of(prefix) is null)
        {
            yield return new InvalidInput(
                "It has letters from A to Z and digits.",
                ["codes", "made", "prefix"]
            );
        }
    }

    internal CreateCodesRequest ToRequest(CustomerId actor) =>
        new(
            IdempotencyKey,
            PromotionId,
            [
                .. (Codes.Named ?? [])
                    .Select(code => CodeText.Of(code)!)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ],
            Codes.Made?.Count ?? 0,
            Codes.Made?.Prefix is { Length: > 0 } prefix ? CodeText.Of(prefix)! : "",
            EndsAt,
            actor
        );
}

/// <summary>What staff does with the codes of promotions.</summary>
internal sealed class PromotionCodeMutations(CreateCodes createCodes, Asker asker)
{
    /// <summary>
    /// Makes codes for a promotion, or takes those that were thought of: all or none. More than 100,000 are made in the background, see
    /// `promotionCodeBatchChanged`. `Promotion.codes` lists them, those of a later call last; `PromotionCodeBatch.filePath` has them as a
    /// file. They do something where the promotion has `needsCode`, or name it where it has not.
    /// </summary>
    /// <param name="input">Which, and for which promotion.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Pricing), Cost(50)]
    public async Task<PromotionCodesPayload> PromotionCodesCreateAsync(
        PromotionCodesCreateInput input,
        CancellationToken cancel
    )
    {
        var faults = input.Faults().ToList();
        if (faults.Count > 0)
        {
            return PromotionCodesPayload.Refused(faults);
        }

        return await createCodes.RunAsync(input.ToRequest(asker.Customer!.Value), cancel) switch
        {
            CreateCodesResult.Created(var batch, var replayed) => new(replayed, [])
            {
                Id = input.PromotionId,
                BatchId = batch,
            },
            CreateCodesResult.NotFound => PromotionCodesPayload.Refused(
                PromotionMutations.NoPromotion(input.PromotionId, "promotionId")
            ),
            CreateCodesResult.Taken(var codes) => PromotionCodesPayload.Refused(
                new InvalidInput(
                    $"These codes are there already: {string.Join(", ", codes)}.",
                    ["codes", "named"]
                )
            ),
            CreateCodesResult.KeyConflict => PromotionCodesPayload.Refused(new IdempotencyConflict()),
            var result => throw new InvalidOperationException($"{result} is no way to end."),
        };
    }
}
