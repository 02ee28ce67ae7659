using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Carts;
using Shop.Tests.Fixtures;
using StackExchange.Redis;

namespace Shop.Tests.Carts;

/// <summary>What tests of carts have in hand. Each class of them runs on the embedded Redis and on redis-server.</summary>
public abstract class CartTests(RedisFixture server)
{
    private static readonly IOptions<CartOptions> _options = Options.Create(new CartOptions());

    protected FakeTimeProvider Clock { get; } = new(ShopHost.Now);

    protected IDatabase Redis => server.Redis.GetDatabase();

    protected CartStore Carts => new(server.Redis, Clock, _options);

    protected MergeCarts MergeCarts => new(server.Redis, Clock, _options);

    protected OwnCarts OwnCarts => new(server.Redis, _options);

    protected ClaimCart ClaimCart => new(server.Redis, MergeCarts, OwnCarts, Clock, _options);

    /// <summary>Units of a variant; its SKU is <c>SKU-{variant}</c>, its price so many pence as its number.</summary>
    protected static CartItem Units(
        int quantity,
        long variant,
        long? price = null,
        string currency = "GBP"
    ) => new(new(variant), $"SKU-{variant}", quantity, new(price ?? variant, currency));

    protected async Task<Cart> NewCartAsync(params CartItem[] items) =>
        Done(await Carts.CreateAsync("GBP", items, CancellationToken.None));

    protected async Task<Cart> AddAsync(Cart cart, params CartItem[] items) =>
        Done(await Carts.AddAsync(cart.Id, items, ifVersion: null, CancellationToken.None));

    protected async Task<Cart> SelectAsync(Cart cart, bool selected, params CartLine[] lines) =>
        Done(
            await Carts.SelectAsync(
                cart.Id,
                [.. lines.Select(line => line.Id)],
                selected,
                ifVersion: null,
                CancellationToken.None
            )
        );

    protected async Task<Cart> UpdateAsync(Cart cart, CartLine line, int quantity, long? price = null) =>
        Done(
            await Carts.UpdateAsync(
                cart.Id,
                [new(line.Id, quantity, price is { } now ? new(now, "GBP") : line.SeenPrice)],
                ifVersion: null,
                CancellationToken.None
            )
        );

    protected async Task<Cart> FindAsync(Cart cart) =>
        await Carts.FindAsync(cart.Id, CancellationToken.None)
        ?? throw new InvalidOperationException("The cart is gone.");

    protected static Cart Done(CartResult result) => Assert.IsType<CartResult.Done>(result).Cart;

    /// <summary>Such as <c>2×7 1×8-</c>: two of variant 7, one of variant 8 that is not ticked.</summary>
    protected static string Shown(Cart cart) =>
        string.Join(
            ' ',
            cart.Lines.Select(line =>
                $"{line.Quantity}×{line.Id.Variant.Value}{(line.IsSelected ? "" : "-")}"
            )
        );
}
