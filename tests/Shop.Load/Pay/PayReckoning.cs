using System.Diagnostics;
using Shop.Channels.Books;
using Shop.Data.Orders;
using Shop.Load.Measure;
using RefundReason = Shop.Data.Payments.RefundReason;

namespace Shop.Load.Pay;

/// <summary>After the customers have gone and all is at rest: what is there, beside what is here.</summary>
internal sealed class PayReckoning
{
    // Longer than a question takes that is not answered.
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(10);
    private const int MostShown = 20;

    private readonly PayTown _town;
    private readonly PayingCustomers _customers;
    private IReadOnlyList<MoneyHere> _here = [];
    private IReadOnlyList<Trade> _there = [];
    private Dictionary<string, int> _refunds = [];

    private PayReckoning(PayTown town, PayingCustomers customers) => (_town, _customers) = (town, customers);

    /// <summary>Between the channels' books and the shop's.</summary>
    public IReadOnlyList<string> Differences { get; private set; } = [];

    /// <summary>What <c>verify</c> found; null where the books balance.</summary>
    public string? Books { get; private set; }

    /// <summary>Whether all money is where it belongs, and every call was answered well.</summary>
    public bool IsClean =>
        Differences.Count + _customers.Doubled + _customers.Refused.Count == 0
        && Books is null
        && _customers.Paid > 0;

    /// <summary>Waits until nothing differs, and no longer than <paramref name="patience"/>.</summary>
    /// <param name="town">Where they bought.</param>
    /// <param name="customers">They have gone.</param>
    /// <param name="patience">How long what was lost may take to be found.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<PayReckoning> OfAsync(
        PayTown town,
        PayingCustomers customers,
        TimeSpan patience,
        CancellationToken cancel
    )
    {
        var reckoning = new PayReckoning(town, customers);
        var (clock, began) = (TimeProvider.System, Stopwatch.GetTimestamp());
        using var look = new PeriodicTimer(_look, clock);
        do
        {
            await town.HurryAsync(cancel);
            await reckoning.CompareAsync(cancel);
        } while (
            reckoning.Differences.Count > 0
            && Stopwatch.GetElapsedTime(began) < patience
            && await look.WaitForNextTickAsync(cancel)
        );

        reckoning.Books = await town.Town.FindingsAsync(cancel);
        reckoning._refunds = (
            await town.Town.Primary.ListAsync(
                "select reason, count(*) from payments.refund group by reason",
                row => ($"{(RefundReason)row.GetInt16(0)}", (int)row.GetInt64(1)),
                cancel
            )
        ).ToDictionary(refunds => refunds.Item1, refunds => refunds.Item2);
        return reckoning;
    }

    /// <summary>Says how it went.</summary>
    public void Print()
    {
        var misbehaviour = _town.Channels.Misbehaviour;
        Report.Line("orders placed", _customers.Placed);
        Report.Line("called off before they were paid", _customers.CalledOff);
        Report.Line("times that money was taken", _customers.Paid);
        Report.Line("orders PAID", Orders(OrderStatus.Paid));
        Report.Line("orders CANCELLED", Orders(OrderStatus.Cancelled));
        Report.Lines("refunds:", _refunds);
        foreach (var channel in _there.Where(trade => trade.PaidMinor > 0).CountBy(trade => trade.Channel))
        {
            Report.Line($"paid by {channel.Key}", channel.Value);
        }

        Report.Line(
            "notices dropped, doubled",
            $"{misbehaviour.NoticesDropped}, {misbehaviour.NoticesDoubled}"
        );
        Report.Line("calls done and not answered", misbehaviour.CallsHeld);
        Report.Line("from paid there to PAID here", Waits());
        Report.Line("other payment for the same key", _customers.Doubled);
        Report.Lines("refused:", _customers.Refused);
        Report.Line("differences", Differences.Count);
        foreach (var difference in Differences.Take(MostShown))
        {
            Report.Line("", difference);
        }

        Report.Line("books", Books ?? "balance");
    }

    /// <inheritdoc />
    public override string ToString() =>
        $"{_customers.Placed} placed, {_customers.Paid} times paid, {_customers.Doubled} doubled; "
        + $"refused: {string.Join(", ", _customers.Refused)}; "
        + $"differences: {string.Join("; ", Differences.Take(MostShown))}; books: {Books ?? "balance"}";

    private async Task CompareAsync(CancellationToken cancel)
    {
        // First here: what comes about meanwhile is a difference that the next look does not find.
        _here = await MoneyHere.AllAsync(_town.Town.Primary, cancel);
        _there = _town.Channels.Trades.All;
        Differences = [.. MoneyCompared.Differences(_there, _here)];
    }

    private int Orders(OrderStatus status) =>
        _here.Where(payment => payment.Status == status).DistinctBy(payment => payment.Order).Count();

    private Samples Waits()
    {
        var trades = _there.ToDictionary(trade => (trade.Channel, trade.OutNo));
        var waits = new Samples();
        foreach (
            var order in _here.Where(payment => payment.PaidAt is not null).GroupBy(payment => payment.Order)
        )
        {
            var first = order
                .Select(payment => trades.GetValueOrDefault((payment.Channel, payment.Number))?.PaidAt)
                .Min();
            waits.Add(0, (long)((order.First().PaidAt - first)!.Value.TotalSeconds * Stopwatch.Frequency));
        }

        return waits;
    }
}
