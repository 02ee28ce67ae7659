using StackExchange.Redis;

namespace Shop.Data.Carts.Scripts;

/// <summary>Runs a cart script with what all of them want: the key, the time, the limits (see <c>Cart.lua</c>).</summary>
/// <param name="redis">Where carts are.</param>
/// <param name="clock">Tells how long they are kept.</param>
/// <param name="options">How long that is.</param>
/// <param name="log">Of a Redis that answers before it has written; else null.</param>
internal sealed class CartScripts(
    IConnectionMultiplexer redis,
    TimeProvider clock,
    CartOptions options,
    AwaitRedisLog? log
)
{
    // A cart that is used all day is kept for another lifetime with one write a day.
    private static readonly TimeSpan _extendAfter = TimeSpan.FromDays(1);

    /// <summary>On whose behalf scripts run that may run once; null where none is made again.</summary>
    public CartCall? Call { get; init; }

    /// <summary>Loads a script, behind <c>Cart.lua</c>.</summary>
    public static RedisScript Load(params ReadOnlySpan<string> parts) =>
        RedisScript.Load<CartScripts>(["Cart", .. parts]);

    /// <summary>Reads by a script that changes nothing.</summary>
    /// <param name="script">Which.</param>
    /// <param name="cart">Of which cart.</param>
    /// <param name="own">The script's own arguments: ARGV[12] and on.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<CartResult> ReadAsync(
        RedisScript script,
        CartId cart,
        IEnumerable<RedisValue> own,
        CancellationToken cancel
    ) => EvaluateAsync(script, cart, ifVersion: null, own, cancel);

    /// <summary>Changes a cart; returns when the change survives a kill of Redis, as far as Redis can tell.</summary>
    /// <inheritdoc cref="ReadAsync" path="/param"/>
    public async Task<CartResult> RunAsync(
        RedisScript script,
        CartId cart,
        int? ifVersion,
        IEnumerable<RedisValue> own,
        CancellationToken cancel
    )
    {
        var result = await EvaluateAsync(script, cart, ifVersion, own, cancel);
        if (log is not null)
        {
            await log(cancel);
        }

        return result;
    }

    private async Task<CartResult> EvaluateAsync(
        RedisScript script,
        CartId cart,
        int? ifVersion,
        IEnumerable<RedisValue> own,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var arguments = new RedisValue[]
        {
            now.ToUnixTimeMilliseconds(),
            (now + options.Lifetime).ToUnixTimeMilliseconds(),
            CartArguments.Of(options.Lifetime),
            ifVersion is { } version ? version : "",
            CartKeys.ChannelOf(cart),
            Cart.MaxLines,
            Cart.MaxQuantity,
            CartArguments.Of(_extendAfter),
            Call is null ? "" : Call.Key.ToByteArray(),
            Call is null ? "" : Call.Hash,
            Cart.MaxCodes,
        };
        var reply = await script
            .RunAsync(redis.GetDatabase(), [CartKeys.Of(cart)], [.. arguments, .. own])
            .WaitAsync(cancel);
        return CartReply.Read(cart, reply);
    }
}
