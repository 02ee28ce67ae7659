using System.Diagnostics;
using Shop.Load.Client;
using Shop.Load.Measure;

namespace Shop.Load.Bench.Search;

/// <summary>
/// How long it takes until shoppers find what staff has saved, and see that the last one is sold: from the answer to whoever did it to
/// the first answer that has it, of a host that keeps answers.
/// </summary>
/// <param name="shop">Takes orders, and indexes.</param>
/// <param name="searched">Is asked again and again.</param>
internal sealed class SearchFreshness(ShopClient shop, Uri searched)
{
    private const int AtOnce = 10;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _longestSale = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly Buyer _buyer = new(new PatientClient(shop, TimeProvider.System));
    private readonly Samples _found = new();
    private readonly Samples _seen = new();

    /// <summary>Saves products and sells them out, ten at a time.</summary>
    /// <returns>Whether it is fast enough.</returns>
    public async Task<bool> RunAsync(ShopAddress address, int products, CancellationToken cancel)
    {
        var stores =
            RunningShop.Find() ?? throw new UsageException("No shop runs whose stores it could use.");
        using var staff = await StaffClient.OpenAsync(address, stores, cancel);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, products),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (number, stop) => await OneAsync(staff, number, stop)
        );
        Report.Line("saved, then found", _found);
        Report.Line("sold, then seen", _seen);
        Report.Line(
            "  of 99 in 100, at most",
            $"{_longest.TotalSeconds:0} s, {_longestSale.TotalSeconds:0} s"
        );
        return _found.Sort().At(99) <= _longest && _seen.Sort().At(99) <= _longestSale;
    }

    private async Task OneAsync(StaffClient staff, int number, CancellationToken cancel)
    {
        // A word that nothing else has, and that no other is near to.
        var word = $"fresh{Guid.CreateVersion7():N}";
        await staff.DoAsync(
            "productSave",
            $"title: \"Goods {word}\", status: ACTIVE, variants: [{{sku: \"{word}\", price: \"4.50\"}}]",
            "product { id }",
            cancel
        );
        await UntilAsync(_found, word, "", cancel);
        await staff.DoAsync(
            "stockSet",
            $"variant: {{sku: \"{word}\"}}, available: 1",
            "variant { id }",
            cancel
        );
        await UntilAsync(samples: null, word, "LOW_STOCK", cancel);
        await _buyer.PlaceAsync(await _buyer.CartAsync(word, cancel), number, cancel);
        await UntilAsync(_seen, word, "OUT_OF_STOCK", cancel);
    }

    // Asks until one product is found, of that availability.
    private async Task UntilAsync(
        Samples? samples,
        string word,
        string availability,
        CancellationToken cancel
    )
    {
        var began = Stopwatch.GetTimestamp();
        using var client = await LeanClient.OpenAsync(searched, cancel);
        var ticked = availability.Length == 0 ? "" : $", ticked: [{{availability: [{availability}]}}]";
        var request = LeanClient.Request(
            searched,
            ShopClient.Body(
                new("Fresh", $"query Fresh {{ productSearch(text: \"{word}\"{ticked}) {{ totalCount }} }}")
            )
        );
        while (true)
        {
            var answer = await client.AskAsync(request, cancel);
            if (answer.Span.IndexOf("\"totalCount\":1"u8) >= 0)
            {
                samples?.Add(began, Stopwatch.GetTimestamp());
                return;
            }

            if (Stopwatch.GetElapsedTime(began) > _patience)
            {
                throw new ShopFaultException("NOT_FOUND", $"{word} {availability}");
            }

            await Task.Delay(_look, TimeProvider.System, cancel);
        }
    }
}
