using System.Globalization;
using Microsoft.Extensions.Options;
using Shop.Data.Carts.Scripts;
using StackExchange.Redis;

namespace Shop.Data.Carts;

/// <summary>
/// Makes a guest's cart the customer's own, or puts it into the one that they have. Safe to repeat, and after a crash at any
/// point repeating it ends what was begun. Thread-safe.
/// </summary>
public sealed class ClaimCart(
    IConnectionMultiplexer redis,
    MergeCarts mergeCarts,
    OwnCarts ownCarts,
    TimeProvider clock,
    IOptions<CartOptions> options,
    AwaitRedisLog? log = null
)
{
    // Who loses a race looks again; of so many at once, one has won each time.
    private const int MaxTries = 10;

    private static readonly RedisScript _own = CartScripts.Load("Own");

    private readonly CartScripts _scripts = new(redis, clock, options.Value, log);

    /// <summary>Claims it.</summary>
    /// <param name="customer">Who has signed in.</param>
    /// <param name="guests">The cart that they filled before.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>
    /// The customer's cart: <see cref="CartResult.Done"/>; or, with all carts as they were,
    /// <see cref="CartResult.SourceNotFound"/>, also where the guest's cart is another customer's,
    /// <see cref="CartResult.TooManyLines"/> or <see cref="CartResult.OtherCurrency"/>.
    /// </returns>
    /// <exception cref="RedisException">Redis is away; repeat it.</exception>
    public async Task<CartResult> RunAsync(CustomerId customer, CartId guests, CancellationToken cancel)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var own = await ownCarts.FindAsync(customer, cancel);
            var claimed = await OwnAsync(customer, guests, cancel);
            if (claimed is CartResult.OtherOwner)
            {
                return new CartResult.SourceNotFound();
            }

            // Also where the guest's is gone: an earlier call may have merged it.
            if (own is { } target && target != guests)
            {
                var merged = await mergeCarts.RunAsync(guests, target, ifVersion: null, cancel);
                if (merged is not CartResult.NotFound)
                {
                    return merged;
                }
            }

            if (claimed is not CartResult.Done)
            {
                return new CartResult.SourceNotFound();
            }

            if (await ownCarts.KeepAsync(customer, guests, own, cancel))
            {
                return claimed;
            }
        }

        throw new InvalidOperationException("Another cart became the customer's own, again and again.");
    }

    /// <summary>Makes a new cart the customer's own, where they have none.</summary>
    public async Task OfferAsync(CustomerId customer, CartId made, CancellationToken cancel)
    {
        if (await ownCarts.FindAsync(customer, cancel) is null)
        {
            await RunAsync(customer, made, cancel);
        }
    }

    private Task<CartResult> OwnAsync(CustomerId customer, CartId cart, CancellationToken cancel) =>
        _scripts.RunAsync(
            _own,
            cart,
            ifVersion: null,
            [customer.Value.ToString(CultureInfo.InvariantCulture)],
            cancel
        );
}
