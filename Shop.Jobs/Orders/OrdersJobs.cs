using Shop.Data.Inventory.Messages;
using Shop.Data.Orders.Fulfilling;
using Shop.Data.Payments.Messages;
using Shop.Data.Pricing.Messages;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Orders;

/// <summary>What Orders does later.</summary>
internal static class OrdersJobs
{
    private static readonly TimeSpan _paymentCheck = TimeSpan.FromSeconds(10);

    public static void Describe(ContextJobs orders) =>
        orders
            .Hears<PromotionsRedeemed, RecordRedemption>(
                (record, told, cancel) => record.RunAsync(told, cancel)
            )
            .Hears<PromotionsRefused, RecordRedemption>(
                (record, told, cancel) => record.RunAsync(told, cancel)
            )
            .Hears<StockDeducted, RecordStockOutcome>((record, told, cancel) => record.RunAsync(told, cancel))
            .Hears<StockRejected, RecordStockOutcome>((record, told, cancel) => record.RunAsync(told, cancel))
            .Hears<OrderPaid, RecordPayment>((record, told, cancel) => record.RunAsync(told, cancel))
            .Hears<DueMoved, RecordPayment>((record, told, cancel) => record.RunAsync(told, cancel))
            .Hears<OrderRefunded, RecordPayment>((record, told, cancel) => record.RunAsync(told, cancel))
            .Hears<PaymentDisputed, RecordPayment>((record, told, cancel) => record.RunAsync(told, cancel))
            .Hears<RefundFailed, RecordPayment>((record, told, cancel) => record.RunAsync(told, cancel))
            .Repeats<CancelUnpaidOrders>(
                "cancel-unpaid-orders",
                _paymentCheck,
                (cancelUnpaid, cancel) => cancelUnpaid.RunAsync(cancel)
            );
}
