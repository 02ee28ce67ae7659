using Microsoft.Extensions.Options;
using Shop.Data.Messages;
using Shop.Data.Payments.Messages;

namespace Shop.Data.Payments.Refunds;

/// <summary>Gives back what orders were paid with that had been called off by then. A repeated delivery changes nothing.</summary>
public sealed class RefundClosedOrders(DueBooks dues, IOptions<PaymentOptions> options, NewId newId)
{
    /// <summary>Each in a transaction of its own: one that was done says so by what is kept aside.</summary>
    public async Task RunAsync(IReadOnlyList<Delivered<RefundRequested>> requests, CancellationToken cancel)
    {
        foreach (var request in requests)
        {
            await RunAsync(request.Body, cancel);
        }
    }

    private async Task RunAsync(RefundRequested request, CancellationToken cancel)
    {
        await using var book = await dues.OpenAsync(request.OrderId, cancel);
        var payment = book.Of(request.PaymentId);
        book.Due.Close(book.Now);
        var left = payment.RefundableMinor;
        if (payment.TryReserve(left))
        {
            payment.Say(PaymentReason.OrderClosed);
            var id = newId.Next<RefundId>();
            book.Add(
                Refund.Request(
                    id,
                    payment,
                    OutNumbers.Of(options.Value.Mark, id),
                    left,
                    RefundReason.OrderClosed,
                    book.Now
                )
            );
        }

        await book.CommitAsync(cancel);
    }
}
