namespace Shop.Data.Orders.Keys;

/// <summary>Looks up what idempotency keys, or states of carts, were used for.</summary>
internal sealed class UsedKeys(Database<OrdersDb> database)
{
    /// <summary>One statement, whatever the number of keys.</summary>
    public async Task<Uses> FindAsync(
        Guid[] keys,
        (byte[] Hash, int Version)[] carts,
        CancellationToken cancel
    )
    {
        var used = await database.Primary.ListAsync(
            $"""
            select key, fingerprint, subject_id, cart_hash, cart_version from orders.idempotency_key
            where key = any({Sql.Value(keys)})
            union
            select k.key, k.fingerprint, k.subject_id, k.cart_hash, k.cart_version from orders.idempotency_key k
            join unnest({Sql.Column(carts, cart => cart.Hash)}, {Sql.Column(carts, cart => cart.Version)})
                as c(hash, version) on k.cart_hash = c.hash and k.cart_version = c.version
            """,
            row =>
                (
                    Key: row.GetGuid(0),
                    CartHash: row.GetValue(3) as byte[],
                    Use: new Use(
                        row.GetFieldValue<byte[]>(1),
                        new(row.GetInt64(2)),
                        row.GetFieldValue<int?>(4)
                    )
                ),
            cancel
        );
        return new(
            used.ToDictionary(row => row.Key, row => row.Use),
            used.Where(row => row.CartHash is not null)
                .ToDictionary(row => Uses.Cart(row.CartHash!, row.Use.CartVersion!.Value), row => row.Use)
        );
    }

    /// <param name="CartVersion">Null where the key did not place an order.</param>
    internal sealed record Use(byte[] Fingerprint, OrderId OrderId, int? CartVersion);

    internal sealed record Uses(
        Dictionary<Guid, Use> ByKey,
        Dictionary<(string Hash, int Version), Use> ByCart
    )
    {
        public static (string Hash, int Version) Cart(byte[] hash, int version) =>
            (Convert.ToHexString(hash), version);

        /// <summary>What the first call with this key did, or with this state of the cart; null where none is remembered.</summary>
        public Match? Matching(Guid key, byte[] fingerprint, (byte[] Hash, int Version)? cart = null)
        {
            var byKey = ByKey.GetValueOrDefault(key);
            var use =
                byKey ?? (cart is var (hash, version) ? ByCart.GetValueOrDefault(Cart(hash, version)) : null);
            return use is null
                ? null
                : new(use, use.Fingerprint.AsSpan().SequenceEqual(fingerprint), IsByCart: byKey is null);
        }
    }

    /// <summary>An earlier call, as it looks to a later one.</summary>
    /// <param name="Use">What it did.</param>
    /// <param name="IsSameInput">Whether the later one asks for the same.</param>
    /// <param name="IsByCart">Whether it had another key, and only the state of the cart is the same.</param>
    internal sealed record Match(Use Use, bool IsSameInput, bool IsByCart);
}
