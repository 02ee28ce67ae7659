using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Promotions;

namespace Shop.Data.Pricing.Uses;

/// <summary>Names a counter.</summary>
internal readonly record struct CounterKey(long Promotion, LimitPer Per, string Subject);

/// <summary>
/// Gives out uses in memory, order by order, while their counters are locked: an order gets all that it wants, or none.
/// </summary>
/// <param name="limits">Of each promotion, as they are now.</param>
internal sealed class UseAllocation(IReadOnlyDictionary<long, IReadOnlyList<UseLimit>> limits)
{
    private readonly Dictionary<CounterKey, int> _used = [];

    /// <summary>What was given out in all, per order and counter.</summary>
    public List<(OrderId OrderId, CounterKey Counter)> Taken { get; } = [];

    /// <summary>What a counter has before anything is taken.</summary>
    public void Found(CounterKey counter, int used) => _used[counter] = used;

    /// <summary>The counters that an order's uses stand in; that of all orders is one of them, with or without a limit.</summary>
    public IEnumerable<CounterKey> CountersOf(RedeemRequested request) =>
        request.Uses.SelectMany(use => CountersOf(use, request.Buyers));

    /// <summary>The most that a counter may have; null where there is no limit.</summary>
    public int? MaxOf(CounterKey counter) =>
        limits
            .GetValueOrDefault(counter.Promotion)
            ?.Where(limit => limit.Per == counter.Per)
            .Select(limit => (int?)limit.Uses)
            .FirstOrDefault();

    /// <summary>Whether no order can use a promotion any more.</summary>
    public bool IsUsedUp(CounterKey counter) =>
        counter.Per == LimitPer.Total && _used[counter] >= MaxOf(counter);

    /// <summary>Takes an order's uses, or tells what is used up and takes nothing.</summary>
    /// <returns>What it can't have; empty when all was taken.</returns>
    public IReadOnlyList<RefusedUse> Take(RedeemRequested request)
    {
        var refused = request
            .Uses.Select(use => (Use: use, Reason: WhyNot(use, request.Buyers)))
            .Where(one => one.Reason is not null)
            .Select(one => new RefusedUse(one.Use.Promotion, one.Use.Code, one.Reason!.Value))
            .ToList();
        if (refused.Count == 0)
        {
            foreach (var counter in CountersOf(request))
            {
                _used[counter]++;
                Taken.Add((request.OrderId, counter));
            }
        }

        return refused;
    }

    private PromotionReason? WhyNot(WantedUse use, IReadOnlyList<string> buyers) =>
        CountersOf(use, buyers)
            .Where(counter => _used[counter] >= MaxOf(counter))
            .Select(counter =>
                (PromotionReason?)(
                    counter.Per == LimitPer.Customer ? PromotionReason.UsedByYou : PromotionReason.UsedUp
                )
            )
            .FirstOrDefault();

    private IEnumerable<CounterKey> CountersOf(WantedUse use, IReadOnlyList<string> buyers)
    {
        var promotion = use.Promotion.Id.Value;
        yield return new(promotion, LimitPer.Total, "");
        foreach (var limit in limits.GetValueOrDefault(promotion) ?? [])
        {
            IEnumerable<string> subjects = limit.Per switch
            {
                LimitPer.Customer => buyers,
                LimitPer.Code when use.Code is { } code => [code],
                _ => [],
            };
            foreach (var subject in subjects)
            {
                yield return new(promotion, limit.Per, subject);
            }
        }
    }
}
