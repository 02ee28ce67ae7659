using System.Runtime.CompilerServices;
using Shop.Data.Carts;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;
using StoredCart = Shop.Data.Carts.Cart;

namespace Shop.GraphQL.Carts;

/// <summary>Carts as they change, wherever they are changed.</summary>
internal sealed class CartSubscriptions(CartStore carts, Signals signals, TimeProvider clock)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A cart whenever it changes, on any device. The first event is the cart now; versions rise, and several changes may
    /// come as one event. Ends when the cart is gone: expired, or merged into another one.
    /// </summary>
    /// <param name="cartId">Which; one that does not exist gives the error `NOT_FOUND`.</param>
    /// <param name="fromVersion">After a drop, the version that you have: the first event is the next one after it.</param>
    /// <param name="cancel">Ends it.</param>
    public async IAsyncEnumerable<Cart> CartChanged(
        CartId cartId,
        int? fromVersion,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var (seen, isFirst) = (fromVersion ?? 0, true);
        // Listening comes before reading, or what changes in between would be missed.
        await foreach (var signal in signals.ListenAsync(CartStore.ChannelOf(cartId), cancel))
        {
            if (signal != Signals.ReadAgain && (int)signal <= seen)
            {
                continue;
            }

            var cart = await FindAsync(cartId, cancel);
            if (cart is null)
            {
                if (isFirst)
                    throw new ExecutionError("There is no such cart.") { Code = ErrorCode.NotFound };
                yield break;
            }

            isFirst = false;
            if (cart.Version > seen)
            {
                seen = cart.Version;
                yield return Cart.Of(cart);
            }
        }
    }

    // While Redis is away the shopper has nothing to see but what they have; it goes on when it is back.
    private async Task<StoredCart?> FindAsync(CartId cart, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await carts.FindAsync(cart, cancel);
            }
            catch (Exception fault) when (fault is RedisException or TimeoutException)
            {
                await Task.Delay(_pause, clock, cancel);
            }
        }
    }
}
