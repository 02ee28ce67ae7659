using System.Diagnostics;
using Microsoft.Extensions.Options;
using Shop.Data.Payments.Channels;
using Shop.Data.Storage.Idempotency;

namespace Shop.Data.Payments.Begin;

/// <summary>
/// Writes a payment before its channel is called: key, due and payment in one transaction. An order has one that is open; a
/// second try at the same channel gets the first one.
/// </summary>
public sealed class OpenPayment(
    PaymentLookup payments,
    DueBooks dues,
    IOptions<PaymentOptions> options,
    NewId newId
)
{
    /// <param name="request">What is wanted.</param>
    /// <param name="account">Who takes it; null where nobody does.</param>
    /// <param name="token">That of its key.</param>
    /// <param name="cancel">Ends it; nothing was written then.</param>
    internal async Task<OpenedPayment> RunAsync(
        BeginPaymentRequest request,
        PaymentAccount? account,
        string token,
        CancellationToken cancel
    )
    {
        var (order, id) = (request.Order, newId.Next<PaymentId>());
        var call = CallOf(request);
        EarlierCall? earlier = null;
        await using var book = await dues.OpenAsync(
            order.OrderId,
            order.Total,
            order.ClosesAt,
            async (connection, now) =>
                (earlier = await call.BeginAsync(connection, id.Value, now, cancel)) is null,
            cancel
        );
        if (book is null)
        {
            return earlier!.SubjectId is { } first
                ? new OpenedPayment.There((await payments.FindAsync(new(first), cancel))!, Replayed: true)
                : new OpenedPayment.Refused(new BeginPaymentResult.KeyConflict());
        }

        book.Subjects = request.Subjects;
        if (WhyNot(book, order, account) is { } why)
        {
            return new OpenedPayment.Refused(new BeginPaymentResult.NotAllowedNow(why));
        }

        if (
            book.Open is { } open
            && (open.Channel != request.Channel || open.Method != request.Method || open.Closing is not null)
        )
        {
            return new OpenedPayment.Busy(open.Id);
        }

        if (book.Open is { } same)
        {
            await call.MoveAsync(book.Connection, same.Id.Value, cancel);
            await book.CommitAsync(cancel);
            return new OpenedPayment.There(same, Replayed: false);
        }

        if (account is null)
        {
            return new OpenedPayment.NoAccount();
        }

        var payment = Payment.Begin(
            id,
            order.OrderId,
            request.Channel,
            account.Name,
            Order(request, id, token, book),
            Activity.Current?.Id
        );
        book.Add(payment);
        await book.CommitAsync(cancel);
        return new OpenedPayment.New(payment);
    }

    private static IdempotentCall CallOf(BeginPaymentRequest request) =>
        IdempotentCall.Of(
            request.IdempotencyKey,
            new
            {
                Action = "paymentBegin",
                request.Order.OrderId,
                request.Channel,
                request.Method,
                request.OpenId,
            },
            "payments"
        );

    private PaymentOrder Order(BeginPaymentRequest request, PaymentId id, string token, DueBook book) =>
        new(
            OutNumbers.Of(options.Value.Mark, id),
            token,
            request.Method,
            request.Order.Total,
            request.Order.Description,
            // UnionPay knows a payment by its second.
            DateTimeOffset.FromUnixTimeSeconds(book.Now.ToUnixTimeSeconds()),
            // The order may not have heard yet that money of another try is held no more.
            request.Order.DueAt < book.Due.ClosesAt
                ? request.Order.DueAt
                : book.Due.ClosesAt,
            request.ReturnUrl,
            request.PayerAddress,
            request.OpenId
        );

    private static string? WhyNot(DueBook book, OrderToPay order, PaymentAccount? account) =>
        book.Due.SettledBy is not null ? "The order is paid."
        : book.Due.ClosedAt is not null ? "The order was called off."
        : order.DueAt - book.Now < (account?.Traits.MinTerm ?? TimeSpan.Zero)
            ? "The time to pay this order is nearly over."
        : book.Open is null && book.Payments.Count >= Payment.MaxPerOrder
            ? $"An order has at most {Payment.MaxPerOrder} tries to pay it."
        : null;
}

/// <summary>What stands before a channel is called.</summary>
internal abstract record OpenedPayment
{
    private OpenedPayment() { }

    /// <summary>It was written just now.</summary>
    public sealed record New(Payment Payment) : OpenedPayment;

    /// <summary>It was there.</summary>
    /// <param name="Payment">Which.</param>
    /// <param name="Replayed">Whether by this very key.</param>
    public sealed record There(Payment Payment, bool Replayed) : OpenedPayment;

    /// <summary>Another one is open, and has to be closed first.</summary>
    public sealed record Busy(PaymentId Other) : OpenedPayment;

    /// <summary>Nobody takes it.</summary>
    public sealed record NoAccount : OpenedPayment;

    /// <summary>There will be none.</summary>
    public sealed record Refused(BeginPaymentResult Result) : OpenedPayment;
}
