using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Accounts;
using Shop.Data.Kernel;
using Shop.Data.Storage.Ids;
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
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly Buyer _buyer = new(new PatientClient(shop, TimeProvider.System));
    private readonly Samples _found = new();
    private readonly Samples _seen = new();

    /// <summary>Saves products and sells them out, ten at a time.</summary>
    /// <returns>Whether it is fast enough.</returns>
    public async Task<bool> RunAsync(ShopAddress address, int products, CancellationToken cancel)
    {
        using var staff = await StaffAsync(address, cancel);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, products),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (number, stop) => await OneAsync(staff, number, stop)
        );
        Report.Line("saved, then found", _found);
        Report.Line("sold, then seen", _seen);
        Report.Line("  of 99 in 100, at most", $"{_longest.TotalSeconds:0} s");
        return _found.Sort().At(99) <= _longest && _seen.Sort().At(99) <= _longest;
    }

    private async Task OneAsync(HttpClient staff, int number, CancellationToken cancel)
    {
        // A word that nothing else has, and that no other is near to.
        var word = $"fresh{Guid.CreateVersion7():N}";
        var saved = await SendAsync(
            staff,
            "productSave",
            $"title: \"Goods {word}\", status: ACTIVE, variants: [{{sku: \"{word}\", price: \"4.50\"}}]",
            "product { id }",
            cancel
        );
        await UntilAsync(_found, saved, word, "", cancel);
        var stocked = await SendAsync(
            staff,
            "stockSet",
            $"variant: {{sku: \"{word}\"}}, available: 1",
            "variant { id }",
            cancel
        );
        await UntilAsync(samples: null, stocked, word, "LOW_STOCK", cancel);
        await _buyer.PlaceAsync(await _buyer.CartAsync(word, cancel), number, cancel);
        await UntilAsync(_seen, Stopwatch.GetTimestamp(), word, "OUT_OF_STOCK", cancel);
    }

    // Asks until one product is found, of that availability.
    private async Task UntilAsync(
        Samples? samples,
        long began,
        string word,
        string availability,
        CancellationToken cancel
    )
    {
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

    /// <returns>When the answer came.</returns>
    private static async Task<long> SendAsync(
        HttpClient staff,
        string verb,
        string input,
        string selection,
        CancellationToken cancel
    )
    {
        var query =
            $"mutation {{ {verb}(input: {{idempotencyKey: \"{Guid.CreateVersion7()}\", {input}}}) {{ {selection} problems {{ code message }} }} }}";
        var payload = await PostAsync(staff, query, verb, cancel);
        var answered = Stopwatch.GetTimestamp();
        return payload.GetProperty("problems").GetArrayLength() == 0
            ? answered
            : throw new ShopFaultException(verb, payload.ToString());
    }

    private static async Task<HttpClient> StaffAsync(ShopAddress address, CancellationToken cancel)
    {
        const string Email = "bench@example.com";
        var stores =
            RunningShop.Find() ?? throw new UsageException("No shop runs whose stores it could use.");
        await using var back = BackOffice.Build(stores);
        await back.Services.GetRequiredService<MachineLease>().StartAsync(cancel);
        var saved = await back
            .Services.GetRequiredService<SaveStaff>()
            .RunAsync(new(Email, [StaffRole.Admin], NewPassword: true), cancel);
        var staff = new HttpClient { BaseAddress = new($"{address.Graph}/admin") };
        var session = await PostAsync(
            staff,
            $"mutation {{ signIn(input: {{email: \"{Email}\", password: \"{saved.Password}\"}}) {{ accessToken }} }}",
            "signIn",
            cancel
        );
        var token = session.GetProperty("accessToken").GetString();
        staff.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return staff;
    }

    private static async Task<JsonElement> PostAsync(
        HttpClient staff,
        string query,
        string verb,
        CancellationToken cancel
    )
    {
        using var answer = await staff.PostAsJsonAsync((Uri?)null, new { query }, cancel);
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
        return told.TryGetProperty("errors", out _)
            ? throw new ShopFaultException(verb, told.ToString())
            : told.GetProperty("data").GetProperty(verb);
    }
}
