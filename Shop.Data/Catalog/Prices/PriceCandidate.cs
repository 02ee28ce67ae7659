namespace Shop.Data.Catalog.Prices;

/// <summary>For whom, when and in what something is priced.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Groups">The groups of customers that the buyer is in; none for a guest.</param>
/// <param name="At">The moment.</param>
public sealed record PriceContext(string Currency, IReadOnlyCollection<string> Groups, DateTimeOffset At)
{
    /// <summary>How a SKU's own price becomes one of the currency; null where it is one, or cannot become one.</summary>
    public Conversion? Conversion { get; init; }
}

/// <summary>Why a price is not the one that is charged.</summary>
public enum PriceLoss
{
    /// <summary>It is in another currency.</summary>
    Currency,

    /// <summary>It is for a group that the customer is not in.</summary>
    Group,

    /// <summary>It, or its list, does not count yet.</summary>
    NotYet,

    /// <summary>It, or its list, counts no more.</summary>
    Ended,

    /// <summary>It is for more units.</summary>
    TooFewUnits,

    /// <summary>Another one comes first: by its list's priority, by more units, or by a smaller amount.</summary>
    Outranked,

    /// <summary>Its list asks for lower prices than without it, and it is not lower.</summary>
    NotLower,
}

/// <summary>A price that a SKU can have by a list.</summary>
/// <param name="List">Whose price it is.</param>
/// <param name="MinUnits">It counts for so many units and more.</param>
/// <param name="Minor">Of one unit, in minor units of the list's currency.</param>
/// <param name="CompareAtMinor">What one cost before; null where that is not worth showing.</param>
/// <param name="StartsAt">The first moment at which it counts; null for as long as the list does.</param>
/// <param name="EndsAt">The first moment at which it counts no more; null for as long as the list does.</param>
public sealed record PriceCandidate(
    PriceList List,
    int MinUnits,
    long Minor,
    long? CompareAtMinor,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt
)
{
    /// <summary>What stands in its way, whatever else there is; null for nothing.</summary>
    internal PriceLoss? Hindrance(PriceContext context, int units) =>
        List.Currency != context.Currency ? PriceLoss.Currency
        : List.Group is { } group && !context.Groups.Contains(group) ? PriceLoss.Group
        : List.StartsAt > context.At || StartsAt > context.At ? PriceLoss.NotYet
        : List.EndsAt <= context.At || EndsAt <= context.At ? PriceLoss.Ended
        : MinUnits > units ? PriceLoss.TooFewUnits
        : null;

    /// <summary>Who comes first of those in whose way nothing stands: no two are equal, since a list has one price for so many units.</summary>
    internal static Comparer<PriceCandidate> ByRank { get; } =
        Comparer<PriceCandidate>.Create(
            static (one, other) =>
                (one.List.Priority, -one.MinUnits, one.Minor, one.List.Id.Value).CompareTo(
                    (other.List.Priority, -other.MinUnits, other.Minor, other.List.Id.Value)
                )
        );
}
