using Shop.Data.Inventory.Messages;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Pricing.Taxes.Asking;

namespace Shop.Data.Orders;

/// <summary>A customer's purchase. Its lines and prices are frozen when it is placed; only its status moves.</summary>
public sealed class Order
{
    private readonly List<OrderLine> _lines = [];
    private readonly List<OrderEvent> _events = [];

    private Order() { }

    /// <summary>Made before the order is stored, so that a client has it at once.</summary>
    public OrderId Id { get; private init; }

    /// <summary>What a person reads aloud.</summary>
    public OrderNumber Number { get; private init; }

    /// <summary>Whose it is; null for a guest's, until a customer who has its access key claims it.</summary>
    public CustomerId? CustomerId { get; private init; }

    /// <summary>Where it stands.</summary>
    public OrderStatus Status { get; private init; }

    /// <summary>1 when placed; rises by one with each status, and equals the sequence of its last event.</summary>
    public int Version { get; private init; }

    /// <summary>ISO 4217 code of every amount of this order.</summary>
    public string Currency { get; private init; } = "";

    /// <summary>By which prices of the shop's currency were converted when it was placed; null where it is in that currency.</summary>
    public decimal? ExchangeRate { get; private init; }

    /// <summary>Sum of its lines, in minor units.</summary>
    public long SubtotalMinor { get; private init; }

    /// <summary>What is taken off, in minor units.</summary>
    public long DiscountMinor { get; private init; }

    /// <summary>What the way costs, in minor units.</summary>
    public long ShippingMinor { get; private init; }

    /// <summary>Tax that is not in the prices already, in minor units.</summary>
    public long TaxMinor { get; private init; }

    /// <summary>What is to be paid, in minor units; PostgreSQL adds it up.</summary>
    public long TotalMinor { get; private init; }

    /// <summary>What became of promotions when it was placed; null where there is nothing to tell.</summary>
    public OrderPromotions? Promotions { get; private init; }

    /// <summary>Each tax of it when it was placed, never reckoned again; null where there was none.</summary>
    public IReadOnlyList<TaxLine>? Taxes { get; private init; }

    /// <summary>What there is to say of how it was taxed; null where that is nothing.</summary>
    public Taxation? Taxation { get; private init; }

    /// <summary>What the service that reckons taxes is told of it once it is paid; null where there is none.</summary>
    public TaxDocument? TaxDocument { get; private init; }

    /// <summary>How it goes; null where nothing had to be shipped, and where the shop did not ask.</summary>
    public ChosenShipping? Shipping { get; private init; }

    /// <summary>The promotions with limits that it takes a use of; null where there are none.</summary>
    public IReadOnlyList<PromotionId>? Uses { get; private init; }

    /// <summary>Why it was rejected: promotions that were used up by then; null otherwise.</summary>
    public IReadOnlyList<RefusedUse>? RefusedUses { get; private init; }

    /// <summary>Where questions about it go.</summary>
    public string Email { get; private init; } = "";

    /// <summary>Where it goes.</summary>
    public Address ShippingAddress { get; private init; } = null!;

    /// <summary>SHA-256 of the key that lets a guest see it; the key itself is not stored.</summary>
    public byte[] AccessKeyHash { get; private init; } = [];

    /// <summary>Why it was rejected: stock that fell short; empty otherwise.</summary>
    public IReadOnlyList<Shortage> Shortages { get; private init; } = [];

    /// <summary>When it became durable.</summary>
    public DateTimeOffset PlacedAt { get; private init; }

    /// <summary>Until when its stock is held; null unless it awaits payment.</summary>
    public DateTimeOffset? PaymentDueAt { get; private init; }

    /// <summary>When its status last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private init; }

    /// <summary>What was bought, at most 200.</summary>
    public IReadOnlyList<OrderLine> Lines => _lines;

    /// <summary>Its story, oldest first.</summary>
    public IReadOnlyList<OrderEvent> Events => _events;
}

/// <summary>One SKU of an order, as it was sold.</summary>
public sealed class OrderLine
{
    /// <summary>The order.</summary>
    public OrderId OrderId { get; private init; }

    /// <summary>Its place in the order, from 0.</summary>
    public int Position { get; private init; }

    /// <summary>The SKU; the catalogue may have dropped it since.</summary>
    public VariantId VariantId { get; private init; }

    /// <summary>Stock keeping unit, as it was called then.</summary>
    public string Sku { get; private init; } = "";

    /// <summary>What it was called then.</summary>
    public string Title { get; private init; } = "";

    /// <summary>Units, one or more.</summary>
    public int Quantity { get; private init; }

    /// <summary>Price of one unit, in minor units of the order's currency.</summary>
    public long UnitPriceMinor { get; private init; }

    /// <summary>Which promotions took off how much from it, in order; null where none did.</summary>
    public IReadOnlyList<FrozenDiscount>? Discounts { get; private init; }

    /// <summary>Each tax of it; null where there was none.</summary>
    public IReadOnlyList<TaxLine>? Taxes { get; private init; }
}

/// <summary>
/// What became of promotions when an order was placed, never reckoned again. Apart from the order, since each of its steps writes the
/// order's row anew, and there may be dozens of promotions.
/// </summary>
public sealed class OrderPromotions
{
    /// <summary>The order.</summary>
    public OrderId OrderId { get; private init; }

    /// <summary>One or more.</summary>
    public IReadOnlyList<FrozenOutcome> Outcomes { get; private init; } = [];
}

/// <summary>A step in an order's story.</summary>
public sealed class OrderEvent
{
    /// <summary>The order.</summary>
    public OrderId OrderId { get; private init; }

    /// <summary>1 for the placement; the order's version after this step.</summary>
    public int Sequence { get; private init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private init; }

    /// <summary>Status before; null for the placement.</summary>
    public OrderStatus? FromStatus { get; private init; }

    /// <summary>Status after.</summary>
    public OrderStatus ToStatus { get; private init; }

    /// <summary>Who caused it: <c>customer</c>, <c>staff</c>, <c>inventory</c>, <c>clock</c>.</summary>
    public string Actor { get; private init; } = "";

    /// <summary>What they said about it; null where they said nothing.</summary>
    public string? Note { get; private init; }

    /// <summary>The transaction that wrote it, by which readers outside find it; null where there were none then.</summary>
    public long? Tx { get; private init; }

    /// <summary>W3C trace context of what caused it, where that is recorded; else null.</summary>
    public string? Traceparent { get; private init; }
}
