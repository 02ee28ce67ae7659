using Shop.Data.Kernel;
using Shop.Data.Payments;
using Shop.Data.Payments.Books;
using Shop.Data.Payments.Channels;
using Shop.Tests.Fixtures;
using Shop.Tests.Payments.Fixtures;

namespace Shop.Tests.Payments.Books;

/// <summary>Days of a shop's account, each with a bill that a test writes; from a clean book on.</summary>
internal sealed class Reconciling
{
    private readonly PaymentShop _payments;
    private readonly DateOnly _first;

    private Reconciling(PaymentShop payments) =>
        (_payments, _first) = (payments, DateOnly.FromDateTime(payments.Shop.Clock.GetUtcNow().Date));

    /// <summary>Empties the book, and begins a day at noon.</summary>
    public static async Task<Reconciling> StartAsync(PaymentShop payments)
    {
        await payments.ExecuteAsync(
            "truncate payments.due, payments.payment, payments.refund, payments.bill, payments.bill_line, payments.difference, payments.notice, payments.local_message"
        );
        payments.Channel.Reset();
        // The first day again: ids are all of it.
        payments.Shop.Clock.AdjustTime(ShopHost.Now + TimeSpan.FromHours(3));
        return new(payments);
    }

    /// <summary>Who wishes that a day is compared.</summary>
    public CustomerId Staff { get; } = new(7);

    /// <summary>The day on which the test began, or one so many days later.</summary>
    public DateOnly Day(int later) => _first.AddDays(later);

    /// <summary>That many days go by; it is noon again.</summary>
    public void Days(int count) => _payments.Shop.Clock.Advance(TimeSpan.FromDays(count));

    /// <summary>It is a later moment, in UTC.</summary>
    public void MoveTo(DateOnly day, TimeOnly time) =>
        _payments.Shop.Clock.SetUtcNow(new(day, time, TimeSpan.Zero));

    /// <summary>The channel has made its bill of a day.</summary>
    public void Bill(int day, params BillLine[] lines) =>
        _payments.Channel.Bills[Day(day)] =
            lines.Length == 0
                ? new BillReading.None()
                : new BillReading.Lines("digest", lines.ToAsyncEnumerable());

    /// <summary>Compares by the clock.</summary>
    public Task<int> RunAsync() => _payments.Shop.Get<ReconcileChannels>().RunAsync(CancellationToken.None);

    /// <summary>Compares one day, as staff wishes.</summary>
    public Task<ReconcileResult> RunAsync(int day, string account = PaymentShop.Account) =>
        _payments
            .Shop.Get<ReconcileDay>()
            .RunAsync(PaymentChannelCode.Stripe, account, Day(day), Staff, CancellationToken.None);

    /// <summary>Compares one day and says what stands then, found now or before: kind and subject.</summary>
    public async Task<IEnumerable<(DifferenceKind, string)>> FoundAsync(int day)
    {
        Assert.IsType<ReconcileResult.Compared>(await RunAsync(day));
        return (await _payments.DifferencesAsync()).Select(found => (found.Kind, found.Subject));
    }
}

/// <summary>Lines of bills.</summary>
internal static class Lines
{
    /// <summary>A payment, as the shop has it.</summary>
    public static BillLine Of(Payment payment) => Paid(payment.OutNo, payment.AmountMinor);

    /// <summary>A refund, as the shop has it.</summary>
    public static BillLine Of(Payment payment, Refund refund) =>
        Back(refund.OutNo, $"ref-{refund.OutNo}", payment.OutNo, refund.AmountMinor);

    public static BillLine Paid(string outNo, long minor, string? reference = null) =>
        new(
            IsRefund: false,
            outNo,
            reference ?? $"ref-{outNo}",
            PaymentOutNo: null,
            minor,
            "GBP",
            FeeMinor: 7,
            At: null
        );

    public static BillLine Back(string? outNo, string reference, string? paymentOutNo, long minor) =>
        new(IsRefund: true, outNo, reference, paymentOutNo, minor, "GBP", FeeMinor: null, At: null);
}
