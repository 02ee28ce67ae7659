using Shop.Data.Kernel;

namespace Shop.Data.Orders.Keys;

/// <summary>
/// Remembers what a key was used for. Inserted first, in the transaction of the effect. <see cref="ForgetKeys"/> removes
/// the key after a while, but not which state of a cart became an order: that is never ordered again.
/// </summary>
public sealed class IdempotencyKey
{
    /// <summary>Chosen by the client; a random one in its place once it is forgotten.</summary>
    public Guid Key { get; private init; }

    /// <summary>SHA-256 over the input: the same key with another input is a conflict.</summary>
    public byte[] Fingerprint { get; private init; } = [];

    /// <summary>The order that the first call was about.</summary>
    public OrderId OrderId { get; private init; }

    /// <summary>SHA-256 of the cart that was turned into the order; null for other operations.</summary>
    public byte[]? CartHash { get; private init; }

    /// <summary>Which state of that cart; null for other operations.</summary>
    public int? CartVersion { get; private init; }

    /// <summary>When the key was first used; null once it is forgotten.</summary>
    public DateTimeOffset? CreatedAt { get; private init; }
}
