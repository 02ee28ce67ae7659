using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Quoting;

/// <summary>Promotions that stack against each that applies alone: the customer gets what costs least.</summary>
internal static class Passes
{
    /// <summary>The pass that costs least, and what became of every promotion in it and because of it.</summary>
    public static (Pass Pass, IReadOnlyList<Outcome> Outcomes) Best(QuoteRequest request, PromotionBook book)
    {
        var stacked = Pass.Through(request, book, alone: null);
        if (book.Alone.Count == 0)
        {
            return (stacked, stacked.Outcomes);
        }

        var passes = book
            .Alone.Select(alone => (Alone: alone, Pass: Pass.Through(request, book, alone)))
            .ToList();
        var (winner, best) = (default(Promotion), stacked);
        foreach (var (alone, pass) in passes)
        {
            // At a draw, those that stack come first, then the order of promotions.
            if (
                pass.Left.Minor < best.Left.Minor
                // What cannot be shipped any more is no better offer.
                && (pass.Shipping is not null || stacked.Shipping is null)
                && pass.Outcomes.Any(one => one.Promotion.Id == alone.Id && one.IsApplied)
            )
            {
                (winner, best) = (alone, pass);
            }
        }

        var lost = passes.Select(pass => pass.Pass).Prepend(stacked).Where(pass => pass != best);
        var told = best.Outcomes.Select(outcome => outcome.Promotion.Id).ToHashSet();
        var others = lost.SelectMany(pass => pass.Outcomes)
            .Where(outcome => told.Add(outcome.Promotion.Id))
            .Select(outcome => Excluded(outcome, winner));
        return (best, [.. best.Outcomes, .. others]);
    }

    // What could not have applied anyhow keeps its own reason.
    private static Outcome Excluded(Outcome outcome, Promotion? winner) =>
        outcome.IsApplied
            ? outcome with
            {
                Amount = Money.Zero(outcome.Amount.Currency),
                Hindrance = new(
                    winner is null ? PromotionReason.BetterOffer : PromotionReason.Excluded,
                    LostTo: winner
                ),
            }
            : outcome;
}
