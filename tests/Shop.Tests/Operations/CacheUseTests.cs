using System.Text.Json;
using Shop.Data.Cache;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Operations;

/// <summary>What a process remembers, and how well that serves, as operators see it.</summary>
public sealed class CacheUseTests(OpenShop shop) : IClassFixture<OpenShop>
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Answers_that_are_kept_are_counted_as_misses_once_and_as_hits_from_then_on()
    {
        const string query = "query Counted { products(first: 3) { nodes { title } } }";
        // A new document is run for whoever sent it: it is not known yet that everybody may see the answer.
        await shop.AskAsync(query);
        var before = await UseAsync("ANSWERS");
        Assert.Equal(0, Number(before, "hits") + Number(before, "misses"));
        Assert.Equal(JsonValueKind.Null, before.GetProperty("hitRate").ValueKind);

        await shop.AskAsync(query);
        var made = await UseAsync("ANSWERS");
        Assert.Equal(1, Number(made, "misses"));
        Assert.True(Number(made, "entries") > 0);
        Assert.True(Number(made, "bytes") > 0);

        // Right after the start of a shop, what is kept is read once more.
        using var patience = new CancellationTokenSource(_patience);
        var kept = made;
        while (Number(kept, "hits") == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await shop.AskAsync(query);
            kept = await UseAsync("ANSWERS");
        }

        Assert.Equal(1, Number(kept, "hits"));
        Assert.Equal(1 / (1 + Number(kept, "misses")), Number(kept, "hitRate"));
    }

    [Fact]
    public async Task A_document_is_checked_once_and_known_from_then_on()
    {
        // Of one shopper alone, so that it is run each time.
        const string query = "query Once { viewer { id } }";
        var (before, own) = (await UseAsync("DOCUMENTS"), await UseAsync("STAFF_DOCUMENTS"));

        for (var each = 0; each < 3; each++)
        {
            await shop.AskAsync(query);
        }

        var after = await UseAsync("DOCUMENTS");
        Assert.Equal(1, Number(after, "entries") - Number(before, "entries"));
        Assert.Equal(1, Number(after, "misses") - Number(before, "misses"));
        Assert.Equal(2, Number(after, "hits") - Number(before, "hits"));
        Assert.True(Number(await UseAsync("STAFF_DOCUMENTS"), "hits") > Number(own, "hits"));
    }

    [Fact]
    public async Task A_key_that_nobody_has_is_not_found_and_in_a_crowd_not_even_looked_for()
    {
        using var patience = new CancellationTokenSource(_patience);
        var (known, crowd) = (await UseAsync("KNOWN_KEYS"), 0);
        while (Number(known, "hits") == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            while (shop.Get<KnownKeys>().IsTried()) { }
            await shop.AskAsync($"{{ productVariant(by: {{sku: \"nobody's {crowd++}\"}}) {{ id }} }}");
            known = await UseAsync("KNOWN_KEYS");
        }

        var rows = await UseAsync("ROWS");
        Assert.True(Number(known, "bytes") > 1_000_000);
        Assert.Equal(crowd, Number(known, "hits") + Number(known, "misses"));
        Assert.InRange(Number(rows, "hits"), 1, crowd);
    }

    private static double Number(JsonElement use, string name) => use.GetProperty(name).GetDouble();

    private async Task<JsonElement> UseAsync(string cache)
    {
        var page = await new Operator(shop.Services).SeeAsync(
            "caches { cache hits misses hitRate entries bytes since }"
        );
        return page.GetProperty("caches")
            .EnumerateArray()
            .Single(use => use.GetProperty("cache").GetString() == cache);
    }
}
