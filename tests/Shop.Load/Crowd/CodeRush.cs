using System.Collections.Concurrent;
using Npgsql;
using Shop.Data.Kernel;
using Shop.Load.Client;
using Shop.Load.Measure;
using Shop.Load.Plan;
using Shop.Load.Replay;

namespace Shop.Load.Crowd;

/// <summary>What became of a rush for a code.</summary>
/// <param name="Uses">How often the code could be used.</param>
/// <param name="Buyers">Who had typed it.</param>
/// <param name="Accepted">Orders that were answered.</param>
/// <param name="Refused">Calls that were told that it is used up, by reason.</param>
/// <param name="Hold">Orders that hold a use, as clients read it: they wait for their payment.</param>
/// <param name="Rejected">Orders that were accepted, and then told that it is used up.</param>
/// <param name="Unsettled">Orders that are lost or still open.</param>
/// <param name="Used">What the counter says.</param>
/// <param name="Moved">What the movements add up to.</param>
internal sealed record CodeRushResult(
    int Uses,
    int Buyers,
    int Accepted,
    IReadOnlyDictionary<string, int> Refused,
    int Hold,
    int Rejected,
    int Unsettled,
    long Used,
    long Moved
)
{
    private static readonly string[] _reasons = ["CODE_REFUSED", "PROMOTION_USED_UP"];

    /// <summary>Whether as many hold it as there are uses, everybody else was told, and the books say the same.</summary>
    public bool IsFair =>
        Hold == Math.Min(Uses, Buyers)
        && (Used, Moved) == (Hold, Hold)
        && Unsettled == 0
        && Hold + Rejected == Accepted
        && Accepted + Refused.Values.Sum() == Buyers
        && Refused.Keys.All(_reasons.Contains);

    /// <summary>Orders of losers that were accepted first.</summary>
    public int AcceptedInVain => Accepted - Hold;
}

/// <summary>Everybody has typed one code that can be used a number of times, and orders at once.</summary>
/// <param name="shop">Asks until it is answered.</param>
/// <param name="merchant">Plans the code.</param>
/// <param name="database">The shop's primary, where the books are.</param>
/// <param name="sold">What the shop sells.</param>
internal sealed class CodeRush(
    PatientClient shop,
    Merchant merchant,
    NpgsqlDataSource database,
    IReadOnlyList<KnownSku> sold
)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly Buyer _buyer = new(shop);

    /// <param name="buyers">How many.</param>
    /// <param name="uses">Of the code.</param>
    /// <param name="concurrency">Buyers at once.</param>
    /// <param name="meanwhile">Goes on while they order; ended when all are answered.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CodeRushResult> RunAsync(
        int buyers,
        int uses,
        int concurrency,
        Func<CancellationToken, Task> meanwhile,
        CancellationToken cancel
    )
    {
        var code = $"RUSH{Guid.CreateVersion7():N}";
        var promotion = await merchant.PlanAsync(Deals.Limited(uses, needsCode: true), cancel);
        await merchant.NameAsync(promotion, code.ToUpperInvariant(), cancel);
        var carts = await FillAsync(code, buyers, concurrency, cancel);

        var placed = new ConcurrentBag<PlacedOrder>();
        var refused = new ConcurrentDictionary<string, int>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var disturbed = meanwhile(ending.Token);
        await ClosedLoop.EachAsync(
            buyers,
            concurrency,
            "orders",
            async n =>
            {
                if (!carts.TryTake(out var cart))
                {
                    return;
                }

                var (order, problem) = await _buyer.TryPlaceAsync(cart, n, cancel);
                if (order is { } accepted)
                {
                    placed.Add(accepted);
                }
                else
                {
                    refused.AddOrUpdate(problem ?? "NO_ORDER", 1, (_, count) => count + 1);
                }
            },
            cancel
        );
        await ending.CancelAsync();
        await disturbed;
        var settlement = new Settlement(shop, [.. placed.Distinct()], _patience, TimeProvider.System);
        await settlement.RunAsync(cancel);
        await merchant.PauseAsync(promotion, cancel);
        return new(
            uses,
            buyers,
            placed.Distinct().Count(),
            refused,
            settlement.Count("AWAITING_PAYMENT"),
            settlement.Count("REJECTED"),
            settlement.Lost + settlement.Pending,
            await SumAsync("select used from pricing.promotion_counter", promotion, cancel),
            await SumAsync("select uses from pricing.promotion_movement", promotion, cancel)
        );
    }

    private async Task<ConcurrentBag<string>> FillAsync(
        string code,
        int buyers,
        int concurrency,
        CancellationToken cancel
    )
    {
        // What is bought is there for all: only the code is not.
        var skus = sold.OrderByDescending(sku => sku.Available).Take(500).ToList();
        var carts = new ConcurrentBag<string>();
        await ClosedLoop.EachAsync(
            buyers,
            concurrency,
            "carts",
            async n =>
            {
                var cart = await _buyer.CartAsync(skus[n % skus.Count].Sku, cancel);
                var data = await shop.AskAsync(
                    Operation.CartCodeAdd,
                    new { input = new { cartId = cart, code } },
                    cancel
                );
                if (GraphAnswer.Problem(data.GetProperty("cartCodeAdd")) is { } problem)
                {
                    throw new ShopFaultException(problem, "A code was refused.");
                }

                carts.Add(cart);
            },
            cancel
        );
        return carts;
    }

    private async Task<long> SumAsync(string numbers, PromotionId promotion, CancellationToken cancel)
    {
        await using var ask = database.CreateCommand(
            $"select coalesce(sum(n), 0)::bigint from ({numbers} where promotion_id = $1) as of(n)"
        );
        ask.Parameters.Add(new() { Value = promotion.Value });
        return (long)(await ask.ExecuteScalarAsync(cancel))!;
    }
}
