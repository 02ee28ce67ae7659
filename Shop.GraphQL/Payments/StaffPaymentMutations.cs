using Microsoft.Extensions.Options;
using Shop.Data.Payments;
using Shop.Data.Payments.Findings;
using Shop.Data.Payments.Refunds;
using Shop.Data.Storage;

namespace Shop.GraphQL.Payments;

/// <summary>What staff does with payments.</summary>
internal sealed class StaffPaymentMutations(
    RefundPayment refundPayment,
    RetryRefund retryRefund,
    CapturePayment capturePayment,
    EndPayment endPayment,
    IOptions<PaymentOptions> options,
    LoaderContext loaders,
    Asker asker
)
{
    /// <summary>
    /// Gives money of a payment back, all of it or a part. It is kept aside at once, and brought to the channel; `paymentChanged`
    /// tells when it is back.
    /// </summary>
    /// <param name="input">Which payment, how much, and under which key.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Payments)]
    public async Task<PaymentPayload> PaymentRefundAsync(PaymentRefundInput input, CancellationToken cancel)
    {
        if (
            await loaders.Get<ProvenPaymentById>().Load(input.PaymentId).GetResultAsync(cancel)
            is not { } payment
        )
        {
            return PaymentPayload.Absent;
        }

        var faults = Faults(input, payment.Captured.Currency).ToList();
        return faults.Count > 0
            ? PaymentPayload.Refused(faults)
            : Of(
                await refundPayment.RunAsync(
                    new(
                        input.IdempotencyKey,
                        input.PaymentId,
                        input.Amount is { } amount ? Money.Of(amount, payment.Captured.Currency).Minor : null,
                        input.Reason,
                        input.Note,
                        input.GoodsBack,
                        input.IfVersion,
                        asker.Customer!.Value
                    ),
                    cancel
                )
            );
    }

    /// <summary>Gives money back that a channel had refused to give back, as a refund of its own.</summary>
    /// <param name="input">Which refund, and under which key.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Payments)]
    public async Task<PaymentPayload> RefundRetryAsync(RefundRetryInput input, CancellationToken cancel) =>
        Of(await retryRefund.RunAsync(input.IdempotencyKey, input.RefundId, asker.Customer!.Value, cancel));

    /// <summary>Takes all of the money that a payment holds.</summary>
    /// <param name="input">Which payment, and under which key.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Payments)]
    public async Task<PaymentPayload> PaymentCaptureAsync(
        PaymentCaptureInput input,
        CancellationToken cancel
    ) =>
        Of(
            await capturePayment.RunAsync(
                input.IdempotencyKey,
                input.PaymentId,
                asker.Customer!.Value,
                cancel
            )
        );

    /// <summary>Lets go of the money that a payment holds, and closes it. Done twice, it is done.</summary>
    /// <param name="input">Which payment.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Payments)]
    public async Task<PaymentPayload> PaymentVoidAsync(PaymentVoidInput input, CancellationToken cancel) =>
        await endPayment.RunAsync(
            input.PaymentId,
            PaymentReason.Voided,
            options.Value.RequestLimit,
            [WritePositions.SubjectOf(asker.Customer!.Value)],
            asker.Customer,
            cancel
        ) switch
        {
            EndPaymentResult.NotFound => PaymentPayload.Absent,
            EndPaymentResult.Paid => PaymentPayload.Refused(
                new NotAllowedNow("The money was taken; it can only be given back.")
            ),
            _ => PaymentPayload.Of(input.PaymentId),
        };

    private static IEnumerable<Problem> Faults(PaymentRefundInput input, string currency)
    {
        if (input.Amount <= 0)
        {
            yield return new InvalidInput("It must be more than nothing.", ["amount"]);
        }
        else if (input.Amount is { } amount && Money.TryOf(amount, currency) is null)
        {
            yield return new InvalidInput($"There is no such amount of {currency}.", ["amount"]);
        }

        if (input.Reason is not (RefundReason.Requested or RefundReason.Returned or RefundReason.Goodwill))
        {
            yield return new InvalidInput("It must be REQUESTED, RETURNED or GOODWILL.", ["reason"]);
        }
    }

    private static PaymentPayload Of(PaymentChangeResult result) =>
        result switch
        {
            PaymentChangeResult.Done(var payment, var replayed) => PaymentPayload.Of(payment, replayed),
            PaymentChangeResult.NotFound => PaymentPayload.Absent,
            PaymentChangeResult.VersionConflict(var version) => PaymentPayload.Refused(
                new VersionConflict(version) { Field = ["ifVersion"] }
            ),
            PaymentChangeResult.TooMuch(var left, var currency) => PaymentPayload.Refused(
                new TooMuchRefunded(new(left, currency))
            ),
            PaymentChangeResult.NotAllowedNow(var why) => PaymentPayload.Refused(new NotAllowedNow(why)),
            PaymentChangeResult.KeyConflict => PaymentPayload.Refused(new IdempotencyConflict()),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };
}
