using Microsoft.Extensions.Options;
using Shop.Data.Carts.Scripts;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.Data.Carts;

/// <summary>
/// The carts, in Redis. Each change is one script and one round trip: it happens whole or not at all, answers the cart
/// after it, and tells the cart's channel. Thread-safe; one for the process.
/// </summary>
/// <remarks>
/// Everything here throws <see cref="RedisConnectionException"/> when Redis is away, and
/// <see cref="RedisTimeoutException"/> when it does not answer within two seconds; the change may then have happened or
/// not, as after a cancellation. <c>ifVersion</c> refuses the change unless the cart is at that version; a call
/// of <see cref="Once"/> that was made before changes nothing and is answered all the same, whatever <c>ifVersion</c> says, or with
/// <see cref="CartResult.KeyConflict"/>.
/// </remarks>
public sealed class CartStore(
    IConnectionMultiplexer redis,
    TimeProvider clock,
    IOptions<CartOptions> options,
    AwaitRedisLog? log = null
)
{
    private static readonly RedisScript _create = CartScripts.Load("Fill", "Create");
    private static readonly RedisScript _add = CartScripts.Load("Fill", "Add");
    private static readonly RedisScript _update = CartScripts.Load("Update");
    private static readonly RedisScript _remove = CartScripts.Load("Remove");
    private static readonly RedisScript _select = CartScripts.Load("Select");
    private static readonly RedisScript _addCode = CartScripts.Load("AddCode");
    private static readonly RedisScript _removeCode = CartScripts.Load("RemoveCode");
    private static readonly RedisScript _set = CartScripts.Load("Set");
    private static readonly RedisScript _read = CartScripts.Load("Read");
    private static readonly RedisScript _replay = CartScripts.Load("Replay");
    private static readonly RedisScript _removeOrdered = CartScripts.Load("RemoveOrdered");

    private CartScripts _scripts = new(redis, clock, options.Value, log);

    /// <summary>Hears the version of a cart after each change, through <see cref="Signals"/>. Secret, as the id is.</summary>
    public static string ChannelOf(CartId cart) => CartKeys.ChannelOf(cart);

    /// <summary>The same carts: what is changed through it is done once, however often this call is made.</summary>
    /// <param name="call">Null where it is not made again.</param>
    public CartStore Once(CartCall? call) =>
        new(redis, clock, options, log) { _scripts = new(redis, clock, options.Value, log) { Call = call } };

    /// <summary>The cart now; null where <see cref="CartResult.NotFound"/> would be.</summary>
    public async Task<Cart?> FindAsync(CartId cart, CancellationToken cancel)
    {
        var result = await _scripts.ReadAsync(_read, cart, [], cancel);
        return (result as CartResult.Done)?.Cart;
    }

    /// <summary>Makes a cart with what is put into it at once; its lines are ticked, its version is 1.</summary>
    /// <param name="currency">What all its prices are in, ISO 4217.</param>
    /// <param name="items">What is put into it.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>
    /// <see cref="CartResult.Done"/>, <see cref="CartResult.TooManyLines"/>,
    /// <see cref="CartResult.QuantityTooLarge"/> or <see cref="CartResult.OtherCurrency"/>; with a call
    /// that was made before also <see cref="CartResult.NotFound"/>, where its cart has gone into another one.
    /// </returns>
    public async Task<CartResult> CreateAsync(
        string currency,
        IReadOnlyList<CartItem> items,
        CancellationToken cancel
    ) =>
        await _scripts.RunAsync(
            _create,
            _scripts.Call is { } call ? await MadeByAsync(call, cancel) : CartId.Make(),
            ifVersion: null,
            [currency, .. CartArguments.Of(items)],
            cancel
        );

    /// <summary>
    /// Puts variants in; units of one that is there already add up, and its price counts as seen. New lines are ticked.
    /// </summary>
    /// <returns>Any of them but <see cref="CartResult.LineNotFound"/>.</returns>
    public Task<CartResult> AddAsync(
        CartId cart,
        IReadOnlyList<CartItem> items,
        int? ifVersion,
        CancellationToken cancel
    ) => _scripts.RunAsync(_add, cart, ifVersion, CartArguments.Of(items), cancel);

    /// <summary>Sets quantities; 0 takes the line out. The prices given count as seen.</summary>
    /// <returns>
    /// <see cref="CartResult.Done"/>, <see cref="CartResult.NotFound"/>, <see cref="CartResult.VersionConflict"/>,
    /// <see cref="CartResult.LineNotFound"/> or <see cref="CartResult.QuantityTooLarge"/>.
    /// </returns>
    public Task<CartResult> UpdateAsync(
        CartId cart,
        IReadOnlyList<CartLineChange> changes,
        int? ifVersion,
        CancellationToken cancel
    ) => _scripts.RunAsync(_update, cart, ifVersion, CartArguments.Of(changes), cancel);

    /// <summary>Takes lines out. One that is gone already is no error: it can be repeated.</summary>
    /// <returns>
    /// <see cref="CartResult.Done"/>, <see cref="CartResult.NotFound"/> or <see cref="CartResult.VersionConflict"/>.
    /// </returns>
    public Task<CartResult> RemoveAsync(
        CartId cart,
        IReadOnlyList<CartLineId> lines,
        int? ifVersion,
        CancellationToken cancel
    ) => _scripts.RunAsync(_remove, cart, ifVersion, CartArguments.Of(lines), cancel);

    /// <summary>Ticks or unticks lines.</summary>
    /// <param name="lines">Which; null for all of them.</param>
    /// <returns>
    /// <see cref="CartResult.Done"/>, <see cref="CartResult.NotFound"/>, <see cref="CartResult.VersionConflict"/> or
    /// <see cref="CartResult.LineNotFound"/>.
    /// </returns>
    public Task<CartResult> SelectAsync(
        CartId cart,
        IReadOnlyList<CartLineId>? lines,
        bool selected,
        int? ifVersion,
        CancellationToken cancel
    ) =>
        _scripts.RunAsync(
            _select,
            cart,
            ifVersion,
            [selected ? "1" : "0", lines is null ? "all" : "these", .. CartArguments.Of(lines ?? [])],
            cancel
        );

    /// <summary>Puts in a code of a promotion; one that is there already is no error.</summary>
    /// <param name="code">Capitals and digits.</param>
    /// <returns>
    /// <see cref="CartResult.Done"/>, <see cref="CartResult.NotFound"/>, <see cref="CartResult.VersionConflict"/> or
    /// <see cref="CartResult.TooManyCodes"/>.
    /// </returns>
    public Task<CartResult> AddCodeAsync(
        CartId cart,
        string code,
        int? ifVersion,
        CancellationToken cancel
    ) => _scripts.RunAsync(_addCode, cart, ifVersion, [code], cancel);

    /// <summary>Takes a code out; one that is gone already is no error.</summary>
    /// <param name="code">Capitals and digits.</param>
    /// <returns>
    /// <see cref="CartResult.Done"/>, <see cref="CartResult.NotFound"/> or <see cref="CartResult.VersionConflict"/>.
    /// </returns>
    public Task<CartResult> RemoveCodeAsync(
        CartId cart,
        string code,
        int? ifVersion,
        CancellationToken cancel
    ) => _scripts.RunAsync(_removeCode, cart, ifVersion, [code], cancel);

    /// <summary>Says where the cart goes.</summary>
    /// <returns>
    /// <see cref="CartResult.Done"/>, <see cref="CartResult.NotFound"/> or <see cref="CartResult.VersionConflict"/>.
    /// </returns>
    public Task<CartResult> SetDestinationAsync(
        CartId cart,
        Destination destination,
        int? ifVersion,
        CancellationToken cancel
    ) => _scripts.RunAsync(_set, cart, ifVersion, ["destination", CartArguments.Of(destination)], cancel);

    /// <summary>Says how the cart goes.</summary>
    /// <param name="method">Which way; null for none yet.</param>
    /// <returns>
    /// <see cref="CartResult.Done"/>, <see cref="CartResult.NotFound"/> or <see cref="CartResult.VersionConflict"/>.
    /// </returns>
    public Task<CartResult> SelectShippingAsync(
        CartId cart,
        ShippingMethodId? method,
        int? ifVersion,
        CancellationToken cancel
    ) => _scripts.RunAsync(_set, cart, ifVersion, ["shipping", CartArguments.Of(method)], cancel);

    /// <summary>What the call of <see cref="Once"/> is answered if it was made before, without making it now.</summary>
    /// <returns><see cref="CartResult.Done"/> or <see cref="CartResult.KeyConflict"/>; null where it was not.</returns>
    public async Task<CartResult?> ReplayAsync(CartId cart, CancellationToken cancel) =>
        await _scripts.ReadAsync(_replay, cart, [], cancel) is var result and not CartResult.NotFound
            ? result
            : null;

    /// <summary>
    /// Takes out what was ordered: the ticked lines that have not changed since, and the codes, if nothing has. A line that was
    /// changed, ticked or put in after the order stays. It can be repeated.
    /// </summary>
    /// <param name="version">The cart's version when it was ordered.</param>
    /// <returns><see cref="CartResult.Done"/> or <see cref="CartResult.NotFound"/>.</returns>
    public Task<CartResult> RemoveOrderedAsync(CartId cart, int version, CancellationToken cancel) =>
        _scripts.RunAsync(_removeOrdered, cart, ifVersion: null, [version], cancel);

    /// <summary>The id of the cart that a call makes: chosen by the first to come, and the same for all that repeat it.</summary>
    private async Task<CartId> MadeByAsync(CartCall call, CancellationToken cancel)
    {
        var (database, key) = (redis.GetDatabase(), CartKeys.MadeBy(call));
        await database
            .StringSetAsync(key, CartId.Make().Secret, options.Value.Lifetime, When.NotExists)
            .WaitAsync(cancel);
        var made = await database.StringGetAsync(key).WaitAsync(cancel);
        return CartId.TryParse(made.ToString(), out var cart)
            ? cart
            : throw new InvalidOperationException("No id was kept for the cart of this call.");
    }
}
