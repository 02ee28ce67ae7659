using System.Diagnostics;
using System.Text.Json;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Carts;

/// <summary>
/// Shoppers at their carts: each makes one, adds a line, changes a quantity, unticks and ticks a line, reads the cart,
/// and takes a line out, over and over. Every answer must show what has been done, and nothing else.
/// </summary>
internal sealed class MoveCarts(ShopClient shop, Shelf shelf)
{
    private readonly Operation[] _operations =
    [
        CartOperation.Create,
        CartOperation.Add,
        CartOperation.Update,
        CartOperation.Select,
        CartOperation.Read,
        CartOperation.Remove,
    ];

    private readonly Dictionary<Operation, Samples> _samples = [];
    private int _carts;
    private int _wrong;

    /// <returns>0; 1 if a cart was not as it was told to be.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var concurrency = arguments.Number("concurrency", otherwise: 16, min: 1, max: 256);
        var seconds = arguments.Number("seconds", otherwise: 10, min: 1, max: 300);
        arguments.NoMore();
        using var client = new ShopClient(address, concurrency);
        var carts = new MoveCarts(client, new Shelf(await Catalogue.SkusAsync(client, cancel)));
        foreach (var operation in carts._operations)
        {
            carts._samples.Add(operation, new());
        }

        var cpu = CpuSplit.Start(address);
        var took = await carts.RunAsync(concurrency, TimeSpan.FromSeconds(seconds), cancel);

        var calls = carts._samples.Values.Sum(samples => samples.Count);
        Report.Line("shop", address.Graph);
        Report.Line("calls per second", $"{calls / took.TotalSeconds:0}  ({concurrency} at a time)");
        foreach (var (operation, samples) in carts._samples)
        {
            Report.Line(operation.Name, samples);
        }

        cpu.Print(calls, "a call");
        Report.Line("carts", carts._carts);
        Report.Line("answers that were not as told", carts._wrong);
        return carts._wrong > 0 ? 1 : 0;
    }

    private async Task<TimeSpan> RunAsync(int concurrency, TimeSpan time, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        await using var progress = new Progress(
            () => (Stopwatch.GetElapsedTime(began) / time, $"{_carts} carts"),
            TimeProvider.System
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, concurrency)
                .Select(async _ =>
                {
                    while (Stopwatch.GetElapsedTime(began) < time)
                    {
                        await MoveAsync(Interlocked.Increment(ref _carts), cancel);
                    }
                })
        );
        return Stopwatch.GetElapsedTime(began);
    }

    private async Task MoveAsync(int n, CancellationToken cancel)
    {
        var made = await DoAsync(
            CartOperation.Create,
            new { lines = new[] { Line(shelf.At(2 * n), 1) } },
            (1, true)
        );
        var cartId = made.GetProperty("id").GetString();
        var added = await DoAsync(
            CartOperation.Add,
            new { cartId, lines = new[] { Line(shelf.At((2 * n) + 1), 2) } },
            (1, true),
            (2, true)
        );
        var ids = added
            .GetProperty("lines")
            .EnumerateArray()
            .Select(line => line.GetProperty("id").GetString())
            .ToArray();
        var three = new[] { new { lineId = ids[0], quantity = 3 } };
        var second = ids[1..];
        await DoAsync(CartOperation.Update, new { cartId, lines = three }, (3, true), (2, true));
        await DoAsync(
            CartOperation.Select,
            new
            {
                cartId,
                lineIds = second,
                selected = false,
            },
            (3, true),
            (2, false)
        );
        await DoAsync(
            CartOperation.Select,
            new
            {
                cartId,
                lineIds = second,
                selected = true,
            },
            (3, true),
            (2, true)
        );
        await DoAsync(CartOperation.Read, cartId, (3, true), (2, true));
        await DoAsync(CartOperation.Remove, new { cartId, lineIds = second }, (3, true));

        Task<JsonElement> DoAsync(
            Operation operation,
            object? input,
            params (int Quantity, bool Selected)[] expected
        ) => AskAsync(operation, input, expected, cancel);
    }

    /// <returns>The cart.</returns>
    private async Task<JsonElement> AskAsync(
        Operation operation,
        object? input,
        (int Quantity, bool Selected)[] expected,
        CancellationToken cancel
    )
    {
        var sent = Stopwatch.GetTimestamp();
        var data = await shop.AskAsync(operation, new { input }, cancel);
        _samples[operation].Add(sent, Stopwatch.GetTimestamp());
        var answer = data.GetProperty(operation.Name);
        var cart = answer.TryGetProperty("cart", out var changed) ? changed : answer;
        if (cart.ValueKind == JsonValueKind.Null)
        {
            throw new ShopFaultException(
                GraphAnswer.Problem(answer) ?? "NO_CART",
                $"{operation.Name} was refused."
            );
        }

        var lines = cart.GetProperty("lines")
            .EnumerateArray()
            .Select(line =>
                (line.GetProperty("quantity").GetInt32(), line.GetProperty("selected").GetBoolean())
            );
        if (!lines.SequenceEqual(expected))
        {
            Interlocked.Increment(ref _wrong);
        }

        return cart;
    }

    private static object Line(string sku, int quantity) => new { variant = new { sku }, quantity };
}
