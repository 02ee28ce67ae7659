namespace Shop.Data.Catalog.Prices;

/// <summary>What one unit costs.</summary>
/// <param name="Price">More than zero.</param>
/// <param name="CompareAt">What one cost before; null where that is not worth showing.</param>
public readonly record struct UnitPrice(Money Price, Money? CompareAt)
{
    /// <summary>The same as pages of another currency show it; as it is where it is in another currency than what is converted.</summary>
    /// <param name="conversion">Null for none.</param>
    public UnitPrice In(Conversion? conversion)
    {
        if (conversion is null || conversion.From != Price.Currency)
        {
            return this;
        }

        var price = conversion.PriceOf(Price);
        var before = CompareAt is { } compareAt ? conversion.PriceOf(compareAt) : price;
        // One ending can be the end of both.
        return new(price, before.Minor > price.Minor ? before : null);
    }
}

/// <summary>A price that a SKU could have, and what became of it.</summary>
/// <param name="Candidate">Of a list; null for the SKU's own.</param>
/// <param name="Loss">Why it is not charged; null for the one that is.</param>
public sealed record PriceVerdict(PriceCandidate? Candidate, PriceLoss? Loss);

/// <summary>All prices that a SKU can have: its own, and those of lists.</summary>
/// <param name="own">What it costs where no list says otherwise.</param>
/// <param name="listed">Of lists, in any order; also those that do not count now.</param>
public sealed class VariantPrices(UnitPrice own, IReadOnlyList<PriceCandidate> listed)
{
    /// <summary>What it costs where no list says otherwise.</summary>
    public UnitPrice Own => own;

    /// <summary>Of lists, in any order.</summary>
    public IReadOnlyList<PriceCandidate> Listed => listed;

    /// <summary>What one of so many units costs.</summary>
    /// <remarks>
    /// What has another currency, group or time, or is for more units, does not count. Of the rest the list's priority decides, then
    /// more units, then the smaller amount, then the list's id; never which one is the lowest of all. Prices of lists are never converted;
    /// the SKU's own is, where no list has one in the currency.
    /// </remarks>
    public UnitPrice Of(PriceContext context, int units) =>
        listed.Count == 0 || Best(Ranked(context, units), context) is not { } best
            ? own.In(context.Conversion)
            : new(
                new(best.Minor, best.List.Currency),
                best.CompareAtMinor is { } before ? new Money(before, best.List.Currency) : null
            );

    /// <summary>From how many units on one costs how much, the most units first; the last is for one unit and more.</summary>
    public IReadOnlyList<PriceStep> Steps(PriceContext context) =>
        [
            .. listed
                .Select(candidate => candidate.MinUnits)
                .Append(1)
                .Distinct()
                .OrderDescending()
                .Select(units => new PriceStep(units, Of(context, units).Price)),
        ];

    /// <summary>Each price that it could have, and why it is not charged: the one that is comes first, then those that came near.</summary>
    public IReadOnlyList<PriceVerdict> Trace(PriceContext context, int units)
    {
        var ranked = Ranked(context, units);
        var best = Best(ranked, context);
        return
        [
            .. ranked
                .Select(candidate => new PriceVerdict(candidate, LossOf(candidate)))
                .Append(new(Candidate: null, best is null ? null : PriceLoss.Outranked))
                .OrderByDescending(verdict => verdict.Loss is null),
            .. from candidate in listed
            let hindrance = candidate.Hindrance(context, units)
            where hindrance is not null
            orderby hindrance descending, candidate.List.Id.Value, candidate.MinUnits
            select new PriceVerdict(candidate, hindrance),
        ];

        PriceLoss? LossOf(PriceCandidate candidate) =>
            candidate == best ? null
            : candidate.List.Pick == PriceListPick.Lowest
            && (best is null || PriceCandidate.ByRank.Compare(candidate, best) < 0)
                ? PriceLoss.NotLower
            : PriceLoss.Outranked;
    }

    /// <summary>The first moment after another at which one of its prices begins or ends; null for never.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset after) =>
        listed
            .SelectMany(each => new[] { each.StartsAt, each.EndsAt, each.List.StartsAt, each.List.EndsAt })
            .Where(moment => moment > after)
            .Min();

    private List<PriceCandidate> Ranked(PriceContext context, int units) =>
        [
            .. listed
                .Where(candidate => candidate.Hindrance(context, units) is null)
                .Order(PriceCandidate.ByRank),
        ];

    // Null for the SKU's own price.
    private PriceCandidate? Best(List<PriceCandidate> ranked, PriceContext context)
    {
        // Of a list, its price for the most units speaks.
        var speaking = ranked.DistinctBy(candidate => candidate.List.Id).ToList();
        var firm = speaking.FindIndex(candidate => candidate.List.Pick == PriceListPick.Priority);
        var best = firm < 0 ? null : speaking[firm];
        var mine = own.In(context.Conversion).Price;
        var lowest = best?.Minor ?? (mine.Currency == context.Currency ? mine.Minor : (long?)null);
        foreach (var candidate in speaking.Take(firm < 0 ? speaking.Count : firm))
        {
            if (!(candidate.Minor >= lowest))
            {
                (best, lowest) = (candidate, candidate.Minor);
            }
        }

        return best;
    }
}
