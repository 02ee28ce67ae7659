using Shop.Data.Messages;
using Shop.Data.Payments.Messages;

namespace Shop.Data.Payments.Findings;

/// <summary>
/// Closes what orders were to be paid that were called off: a later begin is refused, and an open payment is closed at its channel
/// by a job. A repeated delivery changes nothing.
/// </summary>
public sealed class CloseDues(DueBooks dues)
{
    /// <summary>Each in a transaction of its own.</summary>
    public async Task RunAsync(IReadOnlyList<Delivered<DueCloseRequested>> requests, CancellationToken cancel)
    {
        foreach (var request in requests)
        {
            await RunAsync(request.Body.OrderId, cancel);
        }
    }

    private async Task RunAsync(OrderId order, CancellationToken cancel)
    {
        // Made where nobody has tried to pay yet, so that a begin which has read the order before finds it closed.
        await using var book = await dues.OpenAsync(
            order,
            Money.Zero(""),
            DateTimeOffset.UnixEpoch,
            (_, _) => Task.FromResult(true),
            cancel
        );
        book!.Due.Close(book.Now);
        if (book.Open is { } open && open.TryClose(PaymentReason.OrderClosed))
        {
            open.CheckAt(book.Now);
            book.Changed(open);
        }

        await book.CommitAsync(cancel);
        StopPoint.Reach("due closed, channel not asked");
    }
}
