using StackExchange.Redis;

namespace Shop.Data.Carts.Scripts;

/// <summary>Runs a cart script with what all of them want: the keys, the time, the limits (see <c>Cart.lua</c>).</summary>
internal sealed class CartScripts(IConnectionMultiplexer redis, TimeProvider clock, CartOptions options)
{
    // A cart that is used all day is kept for another lifetime with one write a day.
    private static readonly TimeSpan _extendAfter = TimeSpan.FromDays(1);

    /// <summary>Loads a script, behind <c>Cart.lua</c>.</summary>
    public static RedisScript Load(params ReadOnlySpan<string> parts) =>
        RedisScript.Load<CartScripts>(["Cart", .. parts]);

    /// <param name="own">The script's own arguments: ARGV[9] and on.</param>
    public Task<CartResult> RunAsync(
        RedisScript script,
        CartId cart,
        int? ifVersion,
        IEnumerable<RedisValue> own,
        CancellationToken cancel
    ) => RunAsync(script, cart, CartKeys.Of(cart), ifVersion, own, cancel);

    public async Task<CartResult> RunAsync(
        RedisScript script,
        CartId cart,
        RedisKey[] keys,
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
        };
        var reply = await script
            .RunAsync(redis.GetDatabase(), keys, [.. arguments, .. own])
            .WaitAsync(cancel);
        return CartReply.Read(cart, reply);
    }
}
