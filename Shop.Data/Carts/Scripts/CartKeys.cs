using StackExchange.Redis;

namespace Shop.Data.Carts.Scripts;

/// <summary>
/// Where a cart is kept. The braces are the hash tag: its key and its channel are on one node of a cluster.
/// </summary>
internal static class CartKeys
{
    /// <summary>Matches every key of every cart, and no other.</summary>
    public const string Pattern = "cart:{*}:*";

    public static RedisKey Of(CartId cart) => Key(cart, "all");

    /// <summary>Where it is noted which cart a call has made.</summary>
    public static RedisKey MadeBy(CartCall call) => $"cart:{{call-{call.Key:n}}}:made";

    public static string ChannelOf(CartId cart) => Key(cart, "changed");

    private static string Key(CartId cart, string part) => $"cart:{{{cart.Secret}}}:{part}";
}
