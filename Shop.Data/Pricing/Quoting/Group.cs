using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Quoting;

/// <summary>Of several promotions one applies: line by line where each can decide so, else for the whole cart.</summary>
internal static class Group
{
    /// <param name="pass">Where they apply.</param>
    /// <param name="members">In their order; each in force, one or more.</param>
    /// <param name="pick">Which one applies.</param>
    public static void Apply(Pass pass, IReadOnlyList<Promotion> members, GroupPick pick)
    {
        var bids = members.Select(member => Bid.Of(member, pass)).ToList();
        if (members.All(member => member.Action.IsByLine))
        {
            ApplyByLine(pass, bids, pick);
        }
        else
        {
            ApplyToAll(pass, bids, pick);
        }
    }

    private static void ApplyToAll(Pass pass, List<Bid> bids, GroupPick pick)
    {
        // The first of equal ones, as the order of promotions says.
        var able = bids.Where(bid => bid.Cuts.Hindrance is null);
        var winner = pick == GroupPick.First ? able.FirstOrDefault() : able.MaxBy(bid => bid.Cuts.Minor);
        foreach (var bid in bids)
        {
            pass.Take(ReferenceEquals(bid, winner) ? bid : LostTo(bid, winner));
        }
    }

    private static void ApplyByLine(Pass pass, List<Bid> bids, GroupPick pick)
    {
        var winners = new Dictionary<Charge, (Bid Bid, Money Amount)>();
        foreach (var bid in bids)
        {
            foreach (var (charge, amount) in bid.Cuts.All)
            {
                var isFirst = !winners.TryGetValue(charge, out var winner);
                if (isFirst || (pick == GroupPick.BestForShopper && amount.Minor > winner.Amount.Minor))
                {
                    winners[charge] = (bid, amount);
                }
            }
        }

        foreach (var bid in bids)
        {
            var won = bid.Cuts.On(cut => ReferenceEquals(winners[cut.From].Bid, bid));
            pass.Take(
                won.All.Count > 0
                    ? bid with
                    {
                        Cuts = won,
                    }
                    : LostTo(bid, bid.Cuts.All.Select(cut => winners[cut.From].Bid).FirstOrDefault())
            );
        }
    }

    // What could not have applied anyhow keeps its own reason.
    private static Bid LostTo(Bid bid, Bid? winner) =>
        bid with
        {
            Cuts = Cuts.None(
                bid.Cuts.Hindrance ?? new(PromotionReason.BetterOffer, LostTo: winner?.Promotion)
            ),
        };
}
