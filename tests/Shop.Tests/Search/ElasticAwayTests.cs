using System.Text.Json;
using Shop.Data.Search.Elastic;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Operations;

namespace Shop.Tests.Search;

/// <summary>An Elasticsearch that is killed, silent or wiped: answers go on, and it catches up by itself.</summary>
public sealed class ElasticAwayTests(AwaySearchShop away) : IClassFixture<AwaySearchShop>
{
    private readonly ShopFixture _shop = away.Shop;

    [Fact]
    public async Task Answers_go_on_and_are_the_same_and_what_was_missed_is_there_afterwards()
    {
        var before = await FindAsync("mug");
        Assert.Empty(before.Notices);

        await away.Server.KillAsync();
        Assert.Equal(before.Skus, await FallbackAsync("mug"));
        await _shop.SavedAsync(Shelving.Mug() with { Title = "Zebra Mug" });
        await _shop.IndexedAsync();
        Assert.Single(await FallbackAsync("zebra"));

        await away.Server.StartAgainAsync();
        Assert.Single(await AgainAsync("zebra"));

        await away.Server.SilenceAsync();
        Assert.Single(await FallbackAsync("zebra"));
        await away.Server.WakeAsync();
        Assert.Single(await AgainAsync("zebra"));

        await away.Server.KillAsync();
        away.Server.Wipe();
        await away.Server.StartAgainAsync();
        Assert.Single(await FallbackAsync("zebra"));
        await _shop.Get<FeedElastic>().RunAsync(CancellationToken.None);
        await _shop.Get<LiveIndex>().FollowAsync(CancellationToken.None);
        Assert.Equal("FALLBACK", await StoreAsync());
        Assert.Single(await AgainAsync("zebra"));
        Assert.Equal("ELASTICSEARCH", await StoreAsync());
        Assert.Equal(before.Skus, (await FindAsync("mug")).Skus.Where(sku => before.Skus.Contains(sku)));
    }

    private async Task<string> StoreAsync() =>
        (await new Operator(_shop.Services).SeeAsync("search { store }"))
            .GetProperty("search")
            .GetProperty("store")
            .GetString()!;

    private async Task<string[]> FallbackAsync(string text)
    {
        var found = await FindAsync(text);
        Assert.Equal(["FALLBACK"], found.Notices);
        return found.Skus;
    }

    // Jobs go on, as they do each second.
    private async Task<string[]> AgainAsync(string text)
    {
        while (true)
        {
            await _shop.EngineAsync();
            var found = await FindAsync(text);
            if (found.Notices.Length == 0)
            {
                return found.Skus;
            }

            _shop.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private async Task<(string[] Skus, string[] Notices)> FindAsync(string text)
    {
        var answer = await _shop.AskJsonAsync(
            $$"""
            {
              productSearch(text: {{JsonSerializer.Serialize(text)}}) {
                notices
                edges { node { variants(first: 1) { nodes { sku } } } }
              }
            }
            """
        );
        var found = answer.GetProperty("productSearch");
        return (
            new Found(found).Skus,
            [.. found.GetProperty("notices").EnumerateArray().Select(notice => notice.GetString()!)]
        );
    }
}

/// <summary>A shop with an Elasticsearch of its own, to be stopped.</summary>
public sealed class AwaySearchShop : SearchShop
{
    /// <summary>Its Elasticsearch.</summary>
    internal ElasticServer Server { get; private set; } = null!;

    protected override async Task<(string, string)[]> SettingsAsync()
    {
        ElasticServer.Need();
        Server = await ElasticServer.StartAsync();
        // So long a silent one is waited for, and one that has just started may take.
        return ElasticSearchShop.Engine(Server, timeout: "00:00:02");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.StopAsync();
    }
}
