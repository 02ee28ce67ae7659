using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Promotions;
using StoredPromotion = Shop.Data.Pricing.Promotions.Promotion;

namespace Shop.GraphQL.Pricing;

/// <summary>A promotion as it shall be. It is the whole truth: what is left out is as if it had never been said.</summary>
/// <param name="Title">What customers read of it; 1 to 200 characters.</param>
/// <param name="Action">What it takes off.</param>
/// <param name="When">What has to be so; nothing where it is left out.</param>
/// <param name="StartsAt">The first moment at which it runs; always where it is left out.</param>
/// <param name="EndsAt">The first moment at which it runs no more; never where it is left out.</param>
/// <param name="PausedAt">When it was stopped; it runs as planned where it is left out.</param>
/// <param name="Priority">The smaller number comes first, among promotions that take their turn together; 100 where it is left out.</param>
/// <param name="Group">Of the promotions of one group one applies; it stacks with all where it is left out. At most 100 characters.</param>
/// <param name="Pick">Which one of its group applies: the best one where it is left out.</param>
/// <param name="Alone">It applies with no other, where that costs less.</param>
/// <param name="Limits">How often it can be used, at most one of a kind; as often as it fits where it is left out. An order uses it once.</param>
/// <param name="KeepsUsesOfCancelled">An order that comes to nothing does not give its use back.</param>
/// <param name="NeedsCode">It does nothing until the customer has typed a code of it; see `promotionCodesCreate`.</param>
/// <param name="IsAdvertised">Carts tell what is missing for it.</param>
internal sealed record PromotionInput(
    [property: MaxText(200)] string Title,
    ActionInput Action,
    ConditionInput? When,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    DateTimeOffset? PausedAt,
    int? Priority,
    [property: MaxText(100)] string? Group,
    GroupPick? Pick,
    bool? Alone,
    [property: MaxItems(3)] IReadOnlyList<LimitInput>? Limits,
    bool? KeepsUsesOfCancelled,
    bool? NeedsCode,
    bool? IsAdvertised
)
{
    internal StoredPromotion ToPromotion() =>
        new()
        {
            Id = default,
            Title = Title.Trim(),
            Action = Action.ToAction(),
            When = When?.ToCondition(),
            StartsAt = StartsAt,
            EndsAt = EndsAt,
            PausedAt = PausedAt,
            Priority = Priority ?? 100,
            Group = Group,
            Pick = Pick ?? GroupPick.BestForShopper,
            Alone = Alone ?? false,
            Limits = [.. (Limits ?? []).Select(limit => limit.ToLimit())],
            KeepsUsesOfCancelled = KeepsUsesOfCancelled ?? false,
            NeedsCode = NeedsCode ?? false,
            IsAdvertised = IsAdvertised ?? false,
        };

    /// <summary>What no promotion can be, at its place in the input.</summary>
    internal static Problem Problem(PromotionFault fault) =>
        fault switch
        {
            PromotionFault.Title => Refusal("It has 1 to 200 characters.", "title"),
            PromotionFault.EndsAt => Refusal("It ends after it starts.", "endsAt"),
            PromotionFault.Percent => Refusal(
                "A percentage is more than 0 and at most 100, with four decimals at most.",
                "action"
            ),
            PromotionFault.Amounts => Refusal(
                "Amounts are one for each currency, and what is taken off is more than zero."
            ),
            PromotionFault.Units => Refusal("Units and times are one or more."),
            PromotionFault.Conditions => Refusal(
                "Conditions are at most twenty, at most four deep, and each asks for something.",
                "when"
            ),
            PromotionFault.Price => Refusal(
                "What product pages show cannot depend on a cart, its destination, a code or earlier orders.",
                "action"
            ),
            PromotionFault.Limits => Refusal(
                "Limits are one of a kind, of one use or more; those of codes are for what needs one.",
                "limits"
            ),
            PromotionFault.Group => Refusal(
                "The promotions of a group take their turn together and say alike which of them applies.",
                "group"
            ),
            PromotionFault.TooManyAlone => Refusal(
                $"At most {SavePromotion.MaxAlone} apply with no other.",
                "alone"
            ),
            PromotionFault.TooMany => Refusal($"At most {SavePromotion.MaxRunning} run or are to run."),
            _ => throw new InvalidOperationException($"{fault} is no fault."),
        };

    private static InvalidInput Refusal(string message, params string[] below) =>
        new(message, ["promotion", .. below]);
}

/// <summary>How often a promotion can be used.</summary>
/// <param name="Per">Whose uses are counted together.</param>
/// <param name="Uses">The most; 1 or more.</param>
internal sealed record LimitInput(LimitPer Per, int Uses)
{
    internal UseLimit ToLimit() => new(Per, Uses);

    internal static LimitInput Of(UseLimit limit) => new(limit.Per, limit.Uses);
}

/// <summary>A promotion to be made or changed.</summary>
/// <param name="IdempotencyKey">The same key saves once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="Id">Which promotion; null for a new one.</param>
/// <param name="IfVersion">Refused unless the promotion is at this version; null for whatever it is at, and for a new one.</param>
/// <param name="Promotion">The promotion as it shall be.</param>
internal sealed record PromotionSaveInput(
    Guid IdempotencyKey,
    PromotionId? Id,
    int? IfVersion,
    PromotionInput Promotion
);

/// <summary>A promotion that is to stop now.</summary>
/// <param name="IdempotencyKey">The same key stops it once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="Id">Which promotion.</param>
/// <param name="IfVersion">Refused unless the promotion is at this version; null for whatever it is at.</param>
internal sealed record PromotionPauseInput(Guid IdempotencyKey, PromotionId Id, int? IfVersion);
