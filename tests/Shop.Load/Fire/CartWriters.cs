using Microsoft.Extensions.Options;
using Shop.Data.Carts;
using Shop.GraphQL.Host.Embedded.Redis;
using StackExchange.Redis;

namespace Shop.Load.Fire;

/// <summary>
/// A process with an embedded Redis, which makes and changes carts as fast as it can and says of each answer what was promised,
/// until it is killed. Each cart has two lines that change together, so that half a change shows.
/// </summary>
internal static class CartWriters
{
    private const int Writers = 8;
    private const int ChangesOfCart = 5;

    /// <param name="arguments">The folder of the Redis.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancel)
    {
        var folder = arguments.Word() ?? throw new UsageException("Where is its Redis?");
        arguments.NoMore();
        using var redis = EmbeddedRedis.Start(folder);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var options = Options.Create(new CartOptions());
        var carts = new CartStore(connection, TimeProvider.System, options, redis.WrittenAsync);
        var merge = new MergeCarts(connection, TimeProvider.System, options, redis.WrittenAsync);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => WriteAsync(carts, merge, cancel)));
        return 0;
    }

    private static async Task WriteAsync(CartStore carts, MergeCarts merge, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var cart = Said(await carts.CreateAsync("GBP", Pair(1), cancel));
            for (var change = 0; change < ChangesOfCart; change++)
            {
                Said(await carts.AddAsync(cart.Id, Pair(1), ifVersion: null, cancel));
                Said(await carts.SelectAsync(cart.Id, null, change % 2 == 0, null, cancel));
            }

            // It is to be gone, so nothing is promised of it.
            var guest = Done(await carts.CreateAsync("GBP", Pair(3), cancel));
            Said(await merge.RunAsync(guest.Id, cart.Id, ifVersion: null, cancel));
            Said(await carts.RemoveAsync(cart.Id, [.. cart.Lines.Select(line => line.Id)], null, cancel));
            Said(await carts.AddAsync(cart.Id, Pair(2), ifVersion: null, cancel));
        }
    }

    private static CartItem[] Pair(int quantity) => [Units(quantity, 1), Units(quantity, 2)];

    private static CartItem Units(int quantity, long variant) =>
        new(new(variant), $"SKU-{variant}", quantity, new(100, "GBP"));

    private static Cart Done(CartResult result) => ((CartResult.Done)result).Cart;

    private static Cart Said(CartResult result)
    {
        var cart = Done(result);
        Console.Out.WriteLine($"{cart.Id.Secret} {cart.Version}");
        return cart;
    }
}
