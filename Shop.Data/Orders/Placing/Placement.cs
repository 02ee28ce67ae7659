using System.Diagnostics;
using Shop.Data.Orders.Keys;
using Shop.Data.Storage.Idempotency;
using Shop.Data.Telemetry;

namespace Shop.Data.Orders.Placing;

/// <summary>A request with the id its order will have, on its way through the intake.</summary>
internal sealed class Placement(OrderId orderId, PlaceOrderRequest request)
{
    // The caller goes on elsewhere: a writer must not run the rest of its request before the next batch.
    private readonly TaskCompletionSource<PlaceOrderResult> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public OrderId OrderId => orderId;

    public PlaceOrderRequest Request => request;

    public AccessKey AccessKey { get; } = AccessKey.Of(request.CartSecret, orderId);

    public byte[] CartHash { get; } = Fingerprint.Of(request.CartSecret);

    /// <summary>Who is to read what is written now.</summary>
    public IEnumerable<string> Subjects =>
        new OrderAccess(request.Customer, AccessKey, IsStaff: false).Subjects;

    /// <summary>W3C trace context of the click; null where none is traced.</summary>
    public string? TraceParent { get; } = Activity.Current?.Id;

    /// <summary>The same where it is recorded; else null.</summary>
    public string? RecordedTrace => Traces.IfRecorded(TraceParent);

    public Task<PlaceOrderResult> Answer => _answer.Task;

    /// <summary>The result, once it is written.</summary>
    public PlaceOrderResult.Accepted Accepted(OrderNumber number, DateTimeOffset at) =>
        new(orderId, request.CartVersion, Replayed: false)
        {
            Written = new(request, number, at, AccessKey.Hash),
        };

    /// <summary>Its first step, once it is written.</summary>
    public OrderStatusChanged FirstStep(DateTimeOffset at) =>
        new(orderId, From: null, OrderStatus.Pending, Version: 1, at)
        {
            Customer = request.Customer,
            TraceParent = RecordedTrace,
        };

    public void Finish(PlaceOrderResult result) => _answer.TrySetResult(result);

    public void Fail(Exception fault) => _answer.TrySetException(fault);
}
