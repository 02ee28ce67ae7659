using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Orders;
using Shop.Data.Orders.Placing;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Messages;
using Shop.Data.Storage;
using Shop.GraphQL.Pricing;
using OrderRow = Shop.Data.Orders.Order;
using StoredTax = Shop.Data.Pricing.Taxes.TaxLine;

namespace Shop.GraphQL.Orders;

/// <summary>An order whose reader has proved the right to see it, such as the payload of the mutation that placed it.</summary>
internal sealed class ProvenOrderById(Reads<OrdersDb> reads)
    : RowLoader<OrdersDb, OrderId, Order>(reads, order => order.Id)
{
    /// <inheritdoc />
    protected internal override bool IsSameForAll => true;

    /// <inheritdoc />
    protected override IQueryable<Order> Rows(OrdersDb db, IReadOnlyList<OrderId> keys) =>
        db.Orders.Where(row => keys.Contains(row.Id)).Select(OrderFields.FromRow);
}

/// <summary>What was bought, in the order of the cart.</summary>
internal sealed class LinesByOrderId(Reads<OrdersDb> reads)
    : RowListLoader<OrdersDb, OrderId, OrderLine>(reads, line => line.Id.Order)
{
    /// <inheritdoc />
    protected internal override bool IsSameForAll => true;

    /// <inheritdoc />
    protected override IQueryable<OrderLine> Rows(OrdersDb db, IReadOnlyList<OrderId> keys) =>
        from line in db.Lines
        join order in db.Orders on line.OrderId equals order.Id
        where keys.Contains(line.OrderId)
        orderby line.OrderId, line.Position
        select new OrderLine(
            new(line.OrderId, line.Position),
            line.Sku,
            line.Title,
            line.Quantity,
            new(line.UnitPriceMinor, order.Currency)
        )
        {
            VariantId = line.VariantId,
            Discounts = Allocated(
                line.Discounts,
                order.Promotions == null ? null : order.Promotions.Outcomes,
                order.Currency
            ),
            Charged = line.Taxes ?? Array.Empty<StoredTax>(),
        };

    private static DiscountAllocation[] Allocated(
        IReadOnlyList<FrozenDiscount>? discounts,
        IReadOnlyList<FrozenOutcome>? promotions,
        string currency
    ) => [.. (discounts ?? []).Select(discount => discount.In(promotions!, currency))];
}

/// <summary>What happened to an order, oldest first; a dozen steps at most.</summary>
internal sealed class EventsByOrderId(Reads<OrdersDb> reads)
    : RowListLoader<OrdersDb, OrderId, OrderEvent>(reads, step => step.Id.Order)
{
    /// <inheritdoc />
    protected internal override bool IsSameForAll => true;

    /// <inheritdoc />
    protected override IQueryable<OrderEvent> Rows(OrdersDb db, IReadOnlyList<OrderId> keys) =>
        db
            .Events.Where(step => keys.Contains(step.OrderId))
            .OrderBy(step => step.OrderId)
            .ThenBy(step => step.Sequence)
            .Select(step => new OrderEvent(
                new(step.OrderId, step.Sequence),
                step.Sequence,
                step.At,
                step.FromStatus,
                step.ToStatus,
                step.Actor,
                step.Note
            ));
}

/// <summary>From what is stored to what clients see.</summary>
internal static class OrderFields
{
    /// <summary>Selects just the columns that clients can ask for.</summary>
    public static Expression<Func<OrderRow, Order>> FromRow { get; } =
        row => new Order(
            row.Id,
            row.Number.ToString(),
            row.Status,
            row.Version,
            row.Email,
            row.ShippingAddress,
            row.PlacedAt,
            row.PaymentDueAt,
            row.UpdatedAt,
            CartCost.Of(
                new Cost(
                    new Money(row.SubtotalMinor, row.Currency),
                    new Money(row.DiscountMinor, row.Currency),
                    new Money(row.ShippingMinor, row.Currency),
                    new Money(row.TaxMinor, row.Currency)
                ),
                row.Promotions == null ? null : row.Promotions.Outcomes,
                row.Taxes,
                row.Taxation,
                row.Shipping
            )
        )
        {
            AccessKeyHash = row.AccessKeyHash,
            CustomerId = row.CustomerId,
            ExchangeRate = row.ExchangeRate,
            ShippingOption = OrderShipping.Of(row.Shipping),
            Shortages = row.Shortages,
            RefusedUses = row.RefusedUses ?? Array.Empty<RefusedUse>(),
        };

    /// <summary>An order that was just written, at its first status.</summary>
    public static Order Of(OrderId id, WrittenOrder written) =>
        new(
            id,
            written.Number.ToString(),
            OrderStatus.Pending,
            Version: 1,
            written.Request.Email,
            written.Request.ShippingAddress,
            written.PlacedAt,
            PaymentDueAt: null,
            UpdatedAt: written.PlacedAt,
            CartCost.Of(
                written.Request.Cost,
                written.Request.Promotions,
                written.Request.Taxes,
                written.Request.Taxation,
                written.Request.Shipping
            )
        )
        {
            AccessKeyHash = written.AccessKeyHash,
            CustomerId = written.Request.Customer,
            ExchangeRate = written.Request.ExchangeRate,
            ShippingOption = OrderShipping.Of(written.Request.Shipping),
        };
}
