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
        await using var command = database.Primary.CreateCommand(
            """
            select key, fingerprint, subject_id, cart_hash, cart_version from orders.idempotency_key
            where key = any($1)
            union
            select k.key, k.fingerprint, k.subject_id, k.cart_hash, k.cart_version from orders.idempotency_key k
            join unnest($2, $3) as c(hash, version) on k.cart_hash = c.hash and k.cart_version = c.version
            """
        );
        command.Parameters.Add(Sql.Value(keys));
        command.Parameters.Add(Sql.Value(carts.Select(cart => cart.Hash).ToArray()));
        command.Parameters.Add(Sql.Value(carts.Select(cart => cart.Version).ToArray()));
        var uses = new Uses();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var placed = !await rows.IsDBNullAsync(3, cancel);
            var use = new Use(
                await rows.GetFieldValueAsync<byte[]>(1, cancel),
                new(rows.GetInt64(2)),
                placed ? rows.GetInt32(4) : null
            );
            uses.ByKey.Add(rows.GetGuid(0), use);
            if (placed)
            {
                uses.ByCart.Add(
                    Uses.Cart(await rows.GetFieldValueAsync<byte[]>(3, cancel), rows.GetInt32(4)),
                    use
                );
            }
        }

        return uses;
    }

    /// <param name="CartVersion">Null where the key did not place an order.</param>
    internal sealed record Use(byte[] Fingerprint, OrderId OrderId, int? CartVersion);

    internal sealed class Uses
    {
        public Dictionary<Guid, Use> ByKey { get; } = [];

        public Dictionary<(string Hash, int Version), Use> ByCart { get; } = [];

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
