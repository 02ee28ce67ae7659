using Microsoft.Extensions.Options;
using Shop.Data.Carts.Scripts;
using StackExchange.Redis;

namespace Shop.Data.Carts;

/// <summary>
/// Puts what is in a guest's cart into another one, and does away with the guest's. Safe to repeat, and after a crash at any
/// point repeating it ends what was begun. Thread-safe.
/// </summary>
/// <remarks>
/// The two may be on different nodes of a cluster, so it takes three scripts. First the source closes and remembers where it
/// goes: nothing can be added that would be lost. Then the target takes the lines in and marks whose they were: a repeat
/// adds nothing twice. Last the source is deleted. A process that dies on the way leaves a closed cart, which the
/// next attempt merges.
/// </remarks>
public sealed class MergeCarts(
    IConnectionMultiplexer redis,
    TimeProvider clock,
    IOptions<CartOptions> options,
    AwaitRedisLog? log = null
)
{
    private static readonly RedisScript _close = CartScripts.Load("Close");
    private static readonly RedisScript _takeIn = CartScripts.Load("Fill", "TakeIn");
    private static readonly RedisScript _taken = CartScripts.Load("Taken");
    private static readonly RedisScript _reopen = CartScripts.Load("Reopen");
    private static readonly RedisScript _delete = CartScripts.Load("Delete");

    private readonly CartScripts _scripts = new(redis, clock, options.Value, log);

    /// <summary>
    /// Merges. Quantities of one variant add up, to <see cref="Cart.MaxQuantity"/>; new lines bring their ticks. Codes come along, up to
    /// <see cref="Cart.MaxCodes"/>, and where and how it goes, unless the target says so.
    /// </summary>
    /// <param name="ifVersion">The version that the target has to have.</param>
    /// <returns>
    /// The target: <see cref="CartResult.Done"/>, <see cref="CartResult.SourceNotFound"/>, or, with both carts as they
    /// were, <see cref="CartResult.NotFound"/>, <see cref="CartResult.VersionConflict"/>,
    /// <see cref="CartResult.TooManyLines"/> or <see cref="CartResult.OtherCurrency"/>.
    /// </returns>
    /// <exception cref="ArgumentException">A cart cannot go into itself.</exception>
    /// <exception cref="RedisConnectionException">As in <see cref="CartStore"/>; repeat it.</exception>
    /// <exception cref="RedisTimeoutException">As in <see cref="CartStore"/>; repeat it.</exception>
    public async Task<CartResult> RunAsync(
        CartId source,
        CartId target,
        int? ifVersion,
        CancellationToken cancel
    )
    {
        if (source == target)
        {
            throw new ArgumentException("A cart cannot go into itself.", nameof(target));
        }

        if (await CloseAsync(source, target, cancel) is not CartResult.Done(var closed))
        {
            // It may be gone because an earlier attempt has come to its end.
            var earlier = await _scripts.ReadAsync(_taken, target, [source.Secret], cancel);
            return earlier is CartResult.Done ? earlier : new CartResult.SourceNotFound();
        }

        var result = await TakeInAsync(closed, target, ifVersion, cancel);
        if (result is CartResult.Done)
        {
            await _scripts.RunAsync(
                _delete,
                source,
                ifVersion: null,
                [target.Secret, closed.Version],
                cancel
            );
        }
        else
        {
            await _scripts.RunAsync(_reopen, source, ifVersion: null, [target.Secret], cancel);
        }

        return result;
    }

    /// <summary>The first step.</summary>
    internal Task<CartResult> CloseAsync(CartId source, CartId target, CancellationToken cancel) =>
        _scripts.RunAsync(_close, source, ifVersion: null, [target.Secret], cancel);

    /// <summary>The second step.</summary>
    internal Task<CartResult> TakeInAsync(
        Cart closed,
        CartId target,
        int? ifVersion,
        CancellationToken cancel
    ) =>
        _scripts.RunAsync(
            _takeIn,
            target,
            ifVersion,
            [
                closed.Id.Secret,
                closed.Version,
                string.Join(' ', closed.Codes),
                CartArguments.Of(closed.Destination),
                CartArguments.Of(closed.Shipping),
                .. CartArguments.Of(closed.Lines),
            ],
            cancel
        );
}
