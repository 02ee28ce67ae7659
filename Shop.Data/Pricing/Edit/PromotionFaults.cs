using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Edit;

/// <summary>What of a promotion cannot be.</summary>
public enum PromotionFault
{
    /// <summary>The title has 1 to 200 characters.</summary>
    Title,

    /// <summary>It ends after it starts.</summary>
    EndsAt,

    /// <summary>A percentage is more than 0 and at most 100.</summary>
    Percent,

    /// <summary>Amounts are zero or more; what is taken off is more. One for each currency, and at least one.</summary>
    Amounts,

    /// <summary>Units and times are one or more.</summary>
    Units,

    /// <summary>Conditions stand at most four deep, are at most twenty, and each asks for something.</summary>
    Conditions,

    /// <summary>
    /// What product pages show cannot depend on a cart, its destination, a code or what was ordered before, and cannot apply alone.
    /// </summary>
    Price,

    /// <summary>
    /// Limits are one of a kind, of one use or more; none for what product pages show, and those of codes for what needs one.
    /// </summary>
    Limits,

    /// <summary>The promotions of a group are of one stage, and say alike which of them applies.</summary>
    Group,

    /// <summary>At most ten apply alone.</summary>
    TooManyAlone,

    /// <summary>At most five hundred run or are to run.</summary>
    TooMany,
}

/// <summary>Looks through a promotion by itself.</summary>
internal static class PromotionFaults
{
    private const int MaxTitle = 200;
    private const int MaxDepth = 4;
    private const int MaxConditions = 20;
    private const long All = 1_000_000;

    /// <summary>Each fault once.</summary>
    public static IEnumerable<PromotionFault> Of(Promotion promotion) =>
        new (bool IsSound, PromotionFault Fault)[]
        {
            (promotion.Title.Trim().Length is > 0 and <= MaxTitle, PromotionFault.Title),
            (promotion.StartsAt is null || !(promotion.EndsAt <= promotion.StartsAt), PromotionFault.EndsAt),
            (
                promotion.Stage != PromotionStage.Price
                    || (
                        !promotion.Alone
                        && !promotion.NeedsCode
                        && promotion.When?.Parts.Any(NeedsMore) != true
                    ),
                PromotionFault.Price
            ),
            (
                promotion.Limits.All(limit =>
                    limit.Uses >= 1 && (limit.Per != LimitPer.Code || promotion.NeedsCode)
                )
                    && promotion.Limits.DistinctBy(limit => limit.Per).Count() == promotion.Limits.Count
                    && (promotion.Stage != PromotionStage.Price || promotion.Limits.Count == 0),
                PromotionFault.Limits
            ),
        }
            .Where(look => !look.IsSound)
            .Select(look => look.Fault)
            .Concat(Of(promotion.Action))
            .Concat(promotion.When is null ? [] : OfConditions(promotion.When))
            .Distinct();

    /// <summary>What of conditions cannot be, wherever they stand; each fault once.</summary>
    public static IReadOnlyList<PromotionFault> OfConditions(Condition when) =>
        [
            .. Depth(when) <= MaxDepth && when.Parts.Count() <= MaxConditions
                ? Array.Empty<PromotionFault>()
                : [PromotionFault.Conditions],
            .. when.Parts.SelectMany(Of).Distinct(),
        ];

    private static IEnumerable<PromotionFault> Of(PromotionAction action) =>
        action switch
        {
            ReducePrice to => Percent(to.PerMillion),
            LinesPercent to => [.. Percent(to.PerMillion), .. Bound(to.Max)],
            OrderPercent to => [.. Percent(to.PerMillion), .. Bound(to.Max)],
            ShippingPercent to => [.. Percent(to.PerMillion), .. Bound(to.Max)],
            LinesPrice to => Amounts(to.Prices, least: 0),
            ShippingPrice to => Amounts(to.Prices, least: 0),
            AmountOff to => Amounts(to.Amounts, least: 1),
            UnitsForPrice to => [.. Amounts(to.Prices, least: 0), .. Units(to.Units, to.Times ?? 1)],
            BuyGet to => [.. Percent(to.PerMillion), .. Units(to.BuyUnits, to.GetUnits, to.Times ?? 1)],
            _ => throw new InvalidOperationException($"{action} is no action."),
        };

    private static IEnumerable<PromotionFault> Of(Condition condition) =>
        condition switch
        {
            SubtotalIs that => Amounts(that.Gte, least: 0),
            UnitsAre that => Units(that.Gte),
            Condition.AllOf { Conditions.Count: 0 }
            or Condition.AnyOf { Conditions.Count: 0 }
            or HoursAre { Days.Count: 0 }
            or CustomerIs { Groups.Count: 0 } => [PromotionFault.Conditions],
            _ => [],
        };

    private static bool NeedsMore(Condition condition) =>
        condition
            is SubtotalIs
                or UnitsAre
                or ShippingIs
                or DestinationIs
                or CustomerIs { IsFirstOrder: not null };

    private static int Depth(Condition condition) => 1 + condition.Below.Select(Depth).DefaultIfEmpty().Max();

    private static IEnumerable<PromotionFault> Percent(long perMillion) =>
        perMillion is > 0 and <= All ? [] : [PromotionFault.Percent];

    private static IEnumerable<PromotionFault> Bound(IReadOnlyList<Money>? max) =>
        max is null ? [] : Amounts(max, least: 1);

    private static IEnumerable<PromotionFault> Amounts(IReadOnlyList<Money> amounts, long least) =>
        amounts.Count > 0
        && amounts.All(amount => amount.Minor >= least && Currencies.Exists(amount.Currency))
        && amounts.DistinctBy(amount => amount.Currency).Count() == amounts.Count
            ? []
            : [PromotionFault.Amounts];

    private static IEnumerable<PromotionFault> Units(params ReadOnlySpan<int> units)
    {
        var isSound = true;
        foreach (var one in units)
        {
            isSound &= one >= 1;
        }

        return isSound ? [] : [PromotionFault.Units];
    }
}
