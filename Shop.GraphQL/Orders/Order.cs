using Shop.Data.Inventory.Messages;
using Shop.Data.Orders;
using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Promotions;
using Shop.GraphQL.Accounts;
using Shop.GraphQL.Inventory;
using Shop.GraphQL.Pricing;
using Customer = Shop.GraphQL.Accounts.Customer;

namespace Shop.GraphQL.Orders;

/// <summary>
/// A purchase. Its lines and prices are frozen when it is placed; only its status moves. Its customer sees it, staff with the
/// role `ORDERS`, and anyone with its access key.
/// </summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Number">What a person reads aloud: `S-7K2M-9QXT`. Unique for ever.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Version">1 when placed, and one more with each status; drop what is older than what you have.</param>
/// <param name="Email">Where questions about it go.</param>
/// <param name="ShippingAddress">Where it goes.</param>
/// <param name="PlacedAt">When it became durable.</param>
/// <param name="PaymentDueAt">Until when its stock is held; null unless it awaits payment.</param>
/// <param name="UpdatedAt">When its status last changed.</param>
/// <param name="Cost">What it costs, over all its lines.</param>
internal sealed record Order(
    OrderId Id,
    string Number,
    OrderStatus Status,
    int Version,
    string Email,
    Address ShippingAddress,
    DateTimeOffset PlacedAt,
    DateTimeOffset? PaymentDueAt,
    DateTimeOffset UpdatedAt,
    CartCost Cost
) : Node
{
    /// <summary>How it goes, as its customer has chosen; null where nothing had to be shipped, or the shop did not ask.</summary>
    public OrderShipping? ShippingOption { get; init; }

    /// <summary>
    /// What one unit of the shop's currency cost in the order's when it was placed: by this rate prices were converted that the shop has
    /// not set in that currency. Null where the order is in the shop's.
    /// </summary>
    public decimal? ExchangeRate { get; init; }

    /// <summary>Proves who may see it.</summary>
    internal byte[] AccessKeyHash { get; init; } = [];

    /// <summary>Whose it is; null for a guest's.</summary>
    internal CustomerId? CustomerId { get; init; }

    /// <summary>Why it was rejected.</summary>
    internal IReadOnlyList<Shortage> Shortages { get; init; } = [];

    /// <summary>What was bought; at most 200.</summary>
    [ListSize(20)]
    public IDataLoaderResult<IReadOnlyList<OrderLine>> Lines([FromServices] LoaderContext loaders) =>
        loaders.Get<LinesByOrderId>().Load(Id);

    /// <summary>The promotions for which it was rejected.</summary>
    internal IReadOnlyList<RefusedUse> RefusedUses { get; init; } = [];

    /// <summary>
    /// Why it was rejected: an `InsufficientStock` for each SKU that fell short, or a `PromotionUsedUp` for each promotion that was
    /// used up by then; empty otherwise. At most 200.
    /// </summary>
    [ListSize(20)]
    public IReadOnlyList<Problem> Problems() =>
        [
            .. Shortages.Select(shortage => new InsufficientStock(
                shortage.VariantId,
                shortage.Requested,
                shortage.Available
            )),
            .. RefusedUses.Select(use => new PromotionUsedUp(
                use.Promotion,
                use.Code,
                IsByYou: use.Reason == PromotionReason.UsedByYou
            )),
        ];

    /// <summary>
    /// Whose it is. Null for a guest's, until it is claimed; and where the client is neither its customer nor staff with
    /// the role `ORDERS`, such as a guest with its access key.
    /// </summary>
    public IDataLoaderResult<Customer?>? Customer([FromServices] LoaderContext loaders) =>
        CustomerId is { } id ? loaders.Get<CustomerById>().Load(id) : null;

    /// <summary>How it was handed to the carrier; null before that.</summary>
    public IDataLoaderResult<Shipment?> Shipment([FromServices] LoaderContext loaders) =>
        loaders.Get<ShipmentByOrderId>().Load(Id);

    /// <summary>What may follow its status; empty where it has come to its end.</summary>
    [Staff(StaffRole.Orders), ListSize(3)]
    public IReadOnlyList<OrderStatus> AllowedTransitions() => OrderTransitions.After(Status);

    /// <summary>Its story, oldest first.</summary>
    public IDataLoaderResult<Connection<OrderEvent>> Timeline(
        ForwardPage page,
        [FromServices] LoaderContext loaders
    ) =>
        loaders
            .Get<EventsByOrderId>()
            .Load(Id)
            .Select(events => Connection<OrderEvent>.Cut(events, page, step => Cursor.Of(step.Sequence)));
}
