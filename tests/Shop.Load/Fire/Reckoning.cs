using Shop.Load.Client;
using Shop.Load.Measure;
using Shop.Load.Replay;

namespace Shop.Load.Fire;

/// <summary>After the fire: what clients were promised, beside what is there.</summary>
/// <param name="Answered">Orders that clients have an answer for.</param>
/// <param name="Missing">Of these, those that cannot be read.</param>
/// <param name="Open">Of these, those still PENDING.</param>
/// <param name="Doubled">Calls answered with a second order, and orders stored that nobody was told of.</param>
/// <param name="Uncancelled">Orders called off by an answer, and yet in another status.</param>
/// <param name="Refused">Calls that had no good answer.</param>
/// <param name="Books">What <c>verify</c> found; null where the books balance.</param>
internal sealed record Reckoning(
    int Answered,
    int Missing,
    int Open,
    long Doubled,
    int Uncancelled,
    IReadOnlyDictionary<string, int> Refused,
    string? Books
)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    /// <summary>Whether every promise was kept.</summary>
    public bool IsClean =>
        Missing + Open + Doubled + Uncancelled + Refused.Count == 0 && Books is null && Answered > 0;

    /// <summary>Waits until all is settled, and compares. The shoppers have stopped.</summary>
    /// <param name="town">Where they bought.</param>
    /// <param name="shop">Reads back.</param>
    /// <param name="shoppers">What they were promised.</param>
    /// <param name="before">Orders that were stored before they came.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<Reckoning> OfAsync(
        Town town,
        PatientClient shop,
        SteadyShoppers shoppers,
        long before,
        CancellationToken cancel
    )
    {
        var clock = TimeProvider.System;
        var orders = shoppers.Answered.Distinct().ToList();
        var settlement = new Settlement(shop, orders, _patience, clock);
        await settlement.RunAsync(cancel);
        // Settled again: a cancellation overtakes what the order was read as first.
        var books = await town.FindingsAsync(cancel);
        var cancelled = new Settlement(shop, shoppers.Cancelled, _patience, clock);
        await cancelled.RunAsync(cancel);
        var untold = await town.OrdersAsync(cancel) - before - orders.Count;
        return new(
            shoppers.Answered.Count,
            settlement.Lost,
            settlement.Pending,
            shoppers.Doubled + Math.Abs(untold) + (shoppers.Answered.Count - orders.Count),
            shoppers.Cancelled.Count - cancelled.Count("CANCELLED"),
            shoppers.Refused,
            books
        );
    }

    /// <summary>Says how it went.</summary>
    public void Print()
    {
        Report.Line("orders answered", Answered);
        Report.Line("missing", Missing);
        Report.Line("still PENDING", Open);
        Report.Line("doubled", Doubled);
        Report.Line("cancelled, and yet not", Uncancelled);
        Report.Lines("refused:", Refused);
        Report.Line("books", Books ?? "balance");
    }

    /// <inheritdoc />
    public override string ToString() =>
        $"{Answered} answered, {Missing} missing, {Open} open, {Doubled} doubled, {Uncancelled} not cancelled; "
        + $"refused: {string.Join(", ", Refused)}; books: {Books ?? "balance"}";
}
