using Shop.Data.Carts;
using Shop.Data.Inventory;
using Shop.Data.Messages;
using Shop.Data.Orders;
using Shop.Data.Orders.Consistency;

namespace Shop.Jobs.Verification;

/// <summary>
/// Proves that nothing was lost, doubled or oversold: every SKU's ledger adds up to its level, every order holds just the
/// stock and the uses of promotions, and has just the money, that its status calls for, the index of products is what Catalog and
/// Inventory say, no message is stuck, and no cart is kept for ever. Meant for a shop at rest; while it works, it is waited for.
/// </summary>
public sealed class VerifyConsistency(
    StockConsistency stock,
    OrderConsistency orders,
    CartConsistency carts,
    VerifyPayments payments,
    VerifyUses uses,
    VerifySearch search,
    IEnumerable<MessageDesk> desks,
    TimeProvider clock
)
{
    private static readonly TimeSpan _lookAgainAfter = TimeSpan.FromMilliseconds(200);

    /// <param name="patience">How long the messages under way are waited for.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<ConsistencyReport> RunAsync(TimeSpan patience, CancellationToken cancel)
    {
        var findings = new List<string>();
        foreach (var messages in desks)
        {
            await AwaitRestAsync(messages, patience, findings, cancel);
        }

        await foreach (var difference in stock.DifferencesAsync(cancel))
        {
            Note(
                findings,
                $"SKU {difference.VariantId.Value}: the ledger says {difference.Expected}, the level {difference.Available}"
            );
        }

        await foreach (var order in orders.WithBrokenStoryAsync(cancel))
        {
            Note(findings, $"Order {order.Value}: its last event is not its status and version");
        }

        await foreach (var order in orders.InPartsAsync(cancel))
        {
            Note(findings, $"Order {order.Value}: its lines or events are there, but the order is not");
        }

        await foreach (var finding in payments.FindingsAsync(cancel))
        {
            Note(findings, finding);
        }

        await foreach (var finding in uses.FindingsAsync(cancel))
        {
            Note(findings, finding);
        }

        await foreach (var finding in search.FindingsAsync(cancel))
        {
            Note(findings, finding);
        }

        if (await carts.KeysWithoutExpiryAsync(cancel) is > 0 and var kept)
        {
            Note(findings, $"Carts: {kept} keys never expire; ./shop verify --mend gives them an expiry");
        }

        var count = await CompareAsync(findings, cancel);
        return new(count, findings);
    }

    /// <summary>Walks both sides side by side, in the order of their ids, so that memory does not grow with the shop.</summary>
    private async Task<long> CompareAsync(List<string> findings, CancellationToken cancel)
    {
        long count = 0;
        OrderId last = default;
        await using var holdings = stock.HoldingsAsync(cancel).GetAsyncEnumerator(cancel);
        var more = await holdings.MoveNextAsync();
        await foreach (var line in orders.OrderedAsync(cancel))
        {
            count += line.OrderId == last ? 0 : 1;
            last = line.OrderId;
            for (; more && Before(holdings.Current, line); more = await holdings.MoveNextAsync())
            {
                Note(findings, Unordered(holdings.Current));
            }

            var held = more && Same(holdings.Current, line) ? holdings.Current : null;
            if (Fault(line, held) is { } fault)
            {
                Note(findings, $"Order {line.OrderId.Value}, SKU {line.VariantId.Value}: {fault}");
            }

            if (held is not null)
            {
                more = await holdings.MoveNextAsync();
            }
        }

        for (; more; more = await holdings.MoveNextAsync())
        {
            Note(findings, Unordered(holdings.Current));
        }

        return count;
    }

    private async Task AwaitRestAsync(
        MessageDesk messages,
        TimeSpan patience,
        List<string> findings,
        CancellationToken cancel
    )
    {
        var started = clock.GetTimestamp();
        var backlogs = await messages.BacklogAsync(cancel);
        while (backlogs.Any(backlog => backlog.Open > 0) && clock.GetElapsedTime(started) < patience)
        {
            await Task.Delay(_lookAgainAfter, clock, cancel);
            backlogs = await messages.BacklogAsync(cancel);
        }

        foreach (var backlog in backlogs)
        {
            Note(
                findings,
                $"Messages of {messages.Sender} to {backlog.Receiver}: {backlog.Open} stuck and {backlog.Dead} dead, the oldest since {backlog.Since:o}"
            );
        }
    }

    private static string? Fault(OrderedUnits line, Holding? held) =>
        line.Status switch
        {
            OrderStatus.Pending => "still pending, and no message about it is under way",
            OrderStatus.Rejected when held is not null => "rejected, and yet its stock has moved",
            OrderStatus.Rejected => null,
            _ when OrderTransitions.HoldsStock(line.Status) => Differs(line, held, line.Units),
            _ => Differs(line, held, calledFor: 0),
        };

    private static string? Differs(OrderedUnits line, Holding? held, long calledFor) =>
        (held?.Units ?? 0) == calledFor
            ? null
            : $"{line.Status} calls for {calledFor} units held, but {held?.Units ?? 0} are";

    private static string Unordered(Holding holding) =>
        $"Order {holding.OrderId.Value}, SKU {holding.VariantId.Value}: stock moved that no order names";

    private static bool Same(Holding holding, OrderedUnits line) =>
        holding.OrderId == line.OrderId && holding.VariantId == line.VariantId;

    private static bool Before(Holding holding, OrderedUnits line) =>
        (holding.OrderId.Value, holding.VariantId.Value).CompareTo((line.OrderId.Value, line.VariantId.Value))
        < 0;

    private static void Note(List<string> findings, string finding)
    {
        if (findings.Count < ConsistencyReport.MaxFindings)
        {
            findings.Add(finding);
        }
    }
}
