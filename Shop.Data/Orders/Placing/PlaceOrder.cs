using Shop.Data.Orders.Keys;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Pricing.Taxes.Asking;
using Shop.Data.Telemetry;

namespace Shop.Data.Orders.Placing;

/// <summary>A cart's ticked lines with their prices now, to be frozen as an order.</summary>
/// <param name="IdempotencyKey">Chosen by the client; the same key gives the same order.</param>
/// <param name="Fingerprint">Over what the client sent with the key; see <see cref="Storage.Idempotency.Fingerprint"/>.</param>
/// <param name="CartSecret">The cart's id; only its hash is stored.</param>
/// <param name="CartVersion">The state of the cart that the lines were read from.</param>
/// <param name="Email">Where questions go.</param>
/// <param name="ShippingAddress">Where it goes.</param>
/// <param name="Cost">Of the lines, reckoned once.</param>
/// <param name="Lines">1 to 200.</param>
/// <param name="Customer">Whose it will be; null for a guest. Who asks is no part of the fingerprint: a retry may come after the sign-in.</param>
public sealed record PlaceOrderRequest(
    Guid IdempotencyKey,
    byte[] Fingerprint,
    string CartSecret,
    int CartVersion,
    string Email,
    Address ShippingAddress,
    Cost Cost,
    IReadOnlyList<PlacedLine> Lines,
    CustomerId? Customer = null
)
{
    /// <summary>What became of promotions; empty where there is nothing to tell.</summary>
    public IReadOnlyList<FrozenOutcome> Promotions { get; init; } = [];

    /// <summary>Each tax of it; empty where there is none.</summary>
    public IReadOnlyList<TaxLine> Taxes { get; init; } = [];

    /// <summary>What there is to say of how it is taxed; null where that is nothing.</summary>
    public Taxation? Taxation { get; init; }

    /// <summary>What the service that reckons taxes is told of it once it is paid; null where there is none.</summary>
    public TaxDocument? TaxDocument { get; init; }

    /// <summary>How it goes; null where nothing has to be shipped, and where the shop does not ask.</summary>
    public ChosenShipping? Shipping { get; init; }

    /// <summary>By which prices of the shop's currency were converted; null where the order is in it.</summary>
    public decimal? ExchangeRate { get; init; }

    /// <summary>The promotions that it takes a use of, before its stock is deducted; most take none.</summary>
    public IReadOnlyList<WantedUse> Uses { get; init; } = [];

    /// <summary>As whom its customer is counted by those.</summary>
    public IReadOnlyList<string> Buyers { get; init; } = [];
}

/// <summary>One SKU to be ordered, with its price and names now.</summary>
public sealed record PlacedLine(VariantId VariantId, string Sku, string Title, int Quantity, Money UnitPrice)
{
    /// <summary>Which promotions took off how much, in order.</summary>
    public IReadOnlyList<FrozenDiscount> Discounts { get; init; } = [];

    /// <summary>Each tax of it; empty where there is none.</summary>
    public IReadOnlyList<TaxLine> Taxes { get; init; } = [];
}

/// <summary>What an order has that its request had not.</summary>
/// <param name="Request">The rest of it.</param>
/// <param name="Number">What a person reads aloud.</param>
/// <param name="PlacedAt">When it became durable.</param>
/// <param name="AccessKeyHash">SHA-256 of the key that lets a guest see it.</param>
public sealed record WrittenOrder(
    PlaceOrderRequest Request,
    OrderNumber Number,
    DateTimeOffset PlacedAt,
    byte[] AccessKeyHash
);

/// <summary>Every way a placement can end that a client can do something about.</summary>
public abstract record PlaceOrderResult
{
    private PlaceOrderResult() { }

    /// <summary>What a used key is answered with: the first call's order, or the conflict.</summary>
    internal static PlaceOrderResult Replay(UsedKeys.Match? match) =>
        match switch
        {
            { IsSameInput: true, Use: { CartVersion: { } version } use } => new Accepted(
                use.OrderId,
                version,
                Replayed: true
            ),
            { IsByCart: true } => new CartOrdered(),
            _ => new KeyConflict(),
        };

    /// <summary>The order is durable, and the deduction of its stock is queued.</summary>
    /// <param name="OrderId">The order.</param>
    /// <param name="CartVersion">The state of the cart that it was made from.</param>
    /// <param name="Replayed">True where an earlier call had placed it.</param>
    public sealed record Accepted(OrderId OrderId, int CartVersion, bool Replayed) : PlaceOrderResult
    {
        /// <summary>What this call has written, so that it need not be read back; null where it was replayed.</summary>
        public WrittenOrder? Written { get; init; }
    }

    /// <summary>The key was used with another input. Nothing was placed.</summary>
    public sealed record KeyConflict : PlaceOrderResult;

    /// <summary>This state of the cart was ordered with another key and another input. Nothing was placed.</summary>
    public sealed record CartOrdered : PlaceOrderResult;

    /// <summary>Too many placements wait. Nothing was placed; the same key may be sent again.</summary>
    public sealed record Throttled(DateTimeOffset PollAfter) : PlaceOrderResult;
}

/// <summary>Turns a cart's lines into an order; the stock follows by message. Answers once the order is durable.</summary>
public sealed class PlaceOrder(OrderIntake intake, NewId newId, ShopMeter meter)
{
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away; send the same key again to learn what became of it.</exception>
    public async Task<PlaceOrderResult> RunAsync(PlaceOrderRequest request, CancellationToken cancel)
    {
        var outcome = "error";
        try
        {
            var result = await intake.PlaceAsync(new(newId.Next<OrderId>(), request), cancel);
            outcome = result switch
            {
                PlaceOrderResult.Accepted { Replayed: false } => "placed",
                PlaceOrderResult.Accepted => "replayed",
                PlaceOrderResult.Throttled => "throttled",
                _ => "conflict",
            };
            return result;
        }
        finally
        {
            meter.OrderPlaced(outcome);
        }
    }
}
