using System.Collections.Concurrent;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;

namespace Shop.Tests.Cache;

/// <summary>
/// Twenty steps that chance chooses, on three nodes and two products: reads, some of them held up, changes, signals that are lost,
/// rows whose time is over, nodes that start anew. A node reads no version lower than one it has read, and after the last lost signal
/// was made good for all read the newest.
/// </summary>
internal sealed class CacheSchedule(CacheShop shop, IReadOnlyList<ProductId> products, int seed)
{
    private const int Steps = 20;

    private readonly Random _chance = new(seed);
    private readonly List<CacheNode> _nodes = [];
    private readonly ConcurrentDictionary<(CacheNode, ProductId), int> _seen = [];
    private readonly List<TaskCompletionSource> _holding = [];
    private readonly List<Task> _held = [];

    public async Task RunAsync()
    {
        for (var node = 0; node < 3; node++)
        {
            _nodes.Add(shop.Node());
        }

        for (var step = 0; step < Steps; step++)
        {
            await StepAsync();
        }

        await LetGoAsync();
        foreach (var node in _nodes)
        {
            node.Floors.MissSome();
            foreach (var product in products)
            {
                var newest = await NewestAsync(product);
                Assert.True(newest == await CheckAsync(node, product), $"Schedule {seed}: not the newest.");
            }

            node.Dispose();
        }
    }

    private async Task StepAsync()
    {
        var node = _nodes[_chance.Next(_nodes.Count)];
        var product = products[_chance.Next(2)];
        switch (_chance.Next(10))
        {
            case < 4:
                await ReadAsync(node, product);
                break;
            case 4:
                Hold(node);
                break;
            case 5 or 6:
                await ChangeAsync(node, product);
                break;
            case 7:
                node.Expire(product);
                break;
            case 8:
                await LetGoAsync();
                break;
            default:
                await StartAnewAsync(node);
                break;
        }
    }

    private async Task ChangeAsync(CacheNode teller, ProductId product)
    {
        var floor = await teller.ChangeAsync(product, $"Schedule {seed}");
        foreach (var node in _nodes.Where(_ => _chance.Next(2) == 0))
        {
            node.Hear(product, floor);
        }
    }

    // A statement that has its rows is slow to bring them.
    private void Hold(CacheNode node)
    {
        _holding.Add(new(TaskCreationOptions.RunContinuationsAsynchronously));
        node.MayAnswer = _holding[^1].Task;
    }

    private async Task LetGoAsync()
    {
        _nodes.ForEach(node => node.MayAnswer = Task.CompletedTask);
        _holding.ForEach(one => one.SetResult());
        await Task.WhenAll(_held);
        _holding.Clear();
        _held.Clear();
    }

    private async Task StartAnewAsync(CacheNode node)
    {
        await LetGoAsync();
        _nodes.Remove(node);
        _nodes.Add(shop.Node());
        node.Dispose();
    }

    private async Task ReadAsync(CacheNode node, ProductId product)
    {
        var reading = CheckAsync(node, product);
        if (node.MayAnswer.IsCompleted)
        {
            await reading;
        }
        else
        {
            _held.Add(reading);
        }
    }

    private async Task<int> CheckAsync(CacheNode node, ProductId product)
    {
        // What was seen before it asked; what others see meanwhile is no matter of order.
        var seen = _seen.GetValueOrDefault((node, product));
        var version = (await node.ReadAsync(product))!.Version;
        Assert.True(version >= seen, $"Schedule {seed}: {version} after {seen}.");
        _seen.AddOrUpdate((node, product), version, (_, last) => Math.Max(last, version));
        return version;
    }

    private async Task<int> NewestAsync(ProductId product)
    {
        await using var ask = shop
            .Shop.Get<Database<CatalogDb>>()
            .Primary.CreateCommand("select version from catalog.product where id = $1");
        ask.Parameters.AddWithValue(product.Value);
        return (int)(await ask.ExecuteScalarAsync())!;
    }
}
