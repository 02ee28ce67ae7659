using StackExchange.Redis;

namespace Shop.Data.Carts.Scripts;

/// <summary>
/// Where a cart is kept. The braces are the hash tag: all keys of one cart are on one node of a cluster, or no script could
/// take them together.
/// </summary>
internal static class CartKeys
{
    /// <summary>Matches every key of every cart, and no other.</summary>
    public const string Pattern = "cart:{*}:*";

    /// <summary>Meta, lines and ticks: KEYS[1] to KEYS[3] of every script.</summary>
    public static RedisKey[] Of(CartId cart) => [Key(cart, "meta"), Key(cart, "lines"), Key(cart, "ticks")];

    /// <summary>The same, and as KEYS[4] the mark that another cart has been taken into this one.</summary>
    public static RedisKey[] Of(CartId cart, CartId taken) =>
        [.. Of(cart), Key(cart, $"took:{taken.Secret}")];

    public static string ChannelOf(CartId cart) => Key(cart, "changed");

    private static string Key(CartId cart, string part) => $"cart:{{{cart.Secret}}}:{part}";
}
