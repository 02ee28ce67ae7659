using Shop.Data.Payments.Books;
using Shop.Data.Payments.Channels;
using Shop.Data.Payments.Findings;
using Shop.Data.Payments.Messages;
using Shop.Data.Payments.Refunds;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Payments;

/// <summary>What Payments does later.</summary>
internal static class PaymentsJobs
{
    private static readonly TimeSpan _often = TimeSpan.FromSeconds(2);

    public static void Describe(ContextJobs payments) =>
        payments
            .Answers<DueCloseRequested, CloseDues>((close, asked, cancel) => close.RunAsync(asked, cancel))
            .Answers<RefundRequested, RefundClosedOrders>(
                (refund, asked, cancel) => refund.RunAsync(asked, cancel)
            )
            .Repeats<CheckPayments>(
                "check-payments",
                _often,
                (check, cancel) => check.RunAsync(cancel),
                onEachNode: true
            )
            .Repeats<SendRefunds>(
                "send-refunds",
                _often,
                (send, cancel) => send.RunAsync(cancel),
                onEachNode: true
            )
            .Repeats<ReconcileChannels>(
                "reconcile-channels",
                ContextJobs.Hourly,
                (reconcile, cancel) => reconcile.RunAsync(cancel)
            )
            .Repeats<WarnOfKeys>("warn-of-keys", ContextJobs.Daily, (warn, _) => warn.RunAsync())
            .Repeats<ForgetNotices>(
                "forget-notices",
                ContextJobs.Hourly,
                (forget, cancel) => forget.RunAsync(cancel)
            );
}
