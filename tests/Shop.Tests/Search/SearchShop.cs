using System.Text;
using System.Text.Json;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Search;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Elastic;
using Shop.Data.Search.Synonyms;
using Shop.Jobs.Search;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Search;

/// <summary>A small shop in which every rule of finding has something to find.</summary>
public class SearchShop : IAsyncLifetime
{
    private const string Small = """
        sku,product_code,title,description,brand,category,tags,option,option_value,list_price_gbp,first_sold_on,stock
        85123A,85123A,White Hanging Heart T-Light Holder,Holds one small candle.,Rosa,Home > Candles,,,,2.95,2011-01-01,100
        TL-1,TL-1,Light Hanging in White,,,Home > Candles,,,,5.00,2011-01-02,10
        TL-2,TL-2,Hanging Lantern,White paper around a light.,,Home > Candles,,,,6.00,2011-01-03,10
        MUG-R,TEAMUG,Tea Mug,,Potter,Kitchen > Mugs,gift,Colour,Red,12.00,2011-01-04,5
        MUG-B,TEAMUG,Tea Mug,,Potter,Kitchen > Mugs,gift,Colour,Blue,8.00,2011-01-04,0
        MUG-2,MUG-2,Red Mug,,Potter,Kitchen > Mugs,,,,9.00,2011-01-05,0
        MUG-3,MUG-3,Red Mug,,,Kitchen > Mugs,,,,9.50,2010-01-05,7
        POT-1,POT-1,Café Pot,Makes espresso,Bialetti,Kitchen > Pots,,,,20.00,2011-01-06,3
        POT-2,POT-2,Salt & Pepper Pots,,,Kitchen > Pots,,,,4.00,2011-01-07,3
        42-318,42-318,Jewellery Box,Two small boxes.,,Home > Boxes,gift,,,15.00,2011-01-08,1
        0012345678905,EAN-1,Wooden Spoon,,,Kitchen > Tools,,,,1.50,2011-01-09,50
        CN-1,CN-1,白色陶瓷茶杯,Porcelain cup,,Kitchen > Mugs,,,,7.00,2011-01-10,9
        CN-2,CN-2,Tea红茶,,,Kitchen > Tea,,,,3.00,2011-01-11,9
        WHO-1,WHO-1,The Who Poster,,,Home > Prints,,,,10.00,2011-01-12,4
        CABLE-1,CABLE-1,Audio Cable 3.5mm,,,Home > Cables,,,,2.00,2011-01-13,40
        """;

    /// <summary>Everything else of the shop.</summary>
    public ShopFixture Shop { get; private set; } = null!;

    /// <summary>What is set otherwise than by default.</summary>
    protected virtual Task<(string, string)[]> SettingsAsync() => Task.FromResult<(string, string)[]>([]);

    /// <summary>What it sells, as an import.</summary>
    protected virtual string Goods => Small;

    public virtual async ValueTask InitializeAsync()
    {
        Shop = new(_ => { }, await SettingsAsync());
        await Shop.InitializeAsync();
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Goods));
        await Shop.Get<ImportCatalog>().RunAsync(file, ImportFormat.Csv, CancellationToken.None);
        await Shop.IndexedAsync();
    }

    public virtual ValueTask DisposeAsync() => Shop.DisposeAsync();
}

/// <summary>The same, with more SKUs than are held in memory.</summary>
public sealed class LargeSearchShop : SearchShop
{
    /// <inheritdoc />
    protected override Task<(string, string)[]> SettingsAsync() =>
        Task.FromResult<(string, string)[]>([("Search:MaxSkus", "3")]);
}

/// <summary>The same, found by a real Elasticsearch.</summary>
public sealed class ElasticSearchShop : SearchShop
{
    private static int _shops;

    /// <inheritdoc />
    protected override async Task<(string, string)[]> SettingsAsync()
    {
        ElasticServer.Need();
        return Engine(await ElasticServer.StartedAsync());
    }

    /// <summary>The settings that name a server, and indexes of one's own in it.</summary>
    internal static (string, string)[] Engine(ElasticServer server, string timeout = "00:00:05") =>
        [
            ("Search:Elastic:Nodes:0", server.Address),
            ("Search:Elastic:Index", $"shop{Interlocked.Increment(ref _shops)}"),
            // Some of these tests run while others take both cores.
            ("Search:Elastic:Timeout", timeout),
        ];
}

/// <summary>What tests ask of the search.</summary>
internal static class Searching
{
    /// <summary>Brings the index all that it has been told, and the replica the index.</summary>
    public static async Task IndexedAsync(this ShopFixture shop)
    {
        await shop.IndexedOnPrimaryAsync();
        await shop.ReplicaCaughtUpAsync();
        await shop.FollowedAsync();
        await shop.EngineAsync();
    }

    /// <summary>Brings the index all that it has been told, whatever the replica shows of it.</summary>
    public static async Task IndexedOnPrimaryAsync(this ShopFixture shop)
    {
        while (await shop.Get<FillIndex>().RunAsync(CancellationToken.None) > 0) { }
        await new Saga(shop).SettleAsync();
        await shop.Get<WatchIndexAge>().RunAsync(CancellationToken.None);
    }

    /// <summary>Brings the memory of the node what the index has.</summary>
    public static async Task FollowedAsync(this ShopFixture shop)
    {
        await shop.Get<HeldColumns>().FollowAsync(CancellationToken.None);
        await shop.Get<HeldThesaurus>().FollowAsync(CancellationToken.None);
    }

    /// <summary>Brings Elasticsearch, if there is one, all that the index has.</summary>
    public static async Task EngineAsync(this ShopFixture shop)
    {
        await shop.Get<FeedElastic>().RunAsync(CancellationToken.None);
        while (await shop.Get<RebuildIndex>().RunAsync(CancellationToken.None) > 0) { }
        await shop.Get<LiveIndex>().FollowAsync(CancellationToken.None);
    }

    /// <summary>Has words mean the same, as this node knows at once.</summary>
    public static async Task<SynonymId> SynonymAsync(
        this ShopFixture shop,
        bool isOneWay,
        params IReadOnlyList<string> words
    )
    {
        var saved = await shop.Get<SaveSynonym>()
            .RunAsync(new(Id: null, IfVersion: null, words, isOneWay, new(1)), CancellationToken.None);
        await shop.Get<HeldThesaurus>().FollowAsync(CancellationToken.None);
        return Assert.IsType<SaveSynonymResult.Saved>(saved).Id;
    }

    /// <param name="shop">Whose products.</param>
    /// <param name="arguments">Of <c>productSearch</c>, as GraphQL.</param>
    public static async Task<Found> SearchAsync(this ShopFixture shop, string arguments)
    {
        var answer = await shop.AskJsonAsync(
            $$"""
            {
              productSearch({{arguments}}) {
                edges { cursor score node { slug variants(first: 1) { nodes { sku } } } }
                pageInfo { hasNextPage hasPreviousPage endCursor }
                totalCount asOf
              }
            }
            """
        );
        return new(answer.GetProperty("productSearch"));
    }

    /// <summary>The same for a text and nothing else.</summary>
    public static Task<Found> FindAsync(this ShopFixture shop, string text) =>
        shop.SearchAsync($"text: {JsonSerializer.Serialize(text)}");
}

/// <summary>What was found.</summary>
internal sealed record Found(JsonElement Answer)
{
    /// <summary>The first SKU of each hit.</summary>
    public string[] Skus =>
        [
            .. Edges.Select(edge =>
                edge.GetProperty("node")
                    .GetProperty("variants")
                    .GetProperty("nodes")[0]
                    .GetProperty("sku")
                    .GetString()!
            ),
        ];

    /// <summary>The tier of each hit.</summary>
    public int[] Tiers => [.. Edges.Select(edge => (int)edge.GetProperty("score").GetDouble())];

    public int Total => Answer.GetProperty("totalCount").GetInt32();

    public DateTimeOffset AsOf => Answer.GetProperty("asOf").GetDateTimeOffset();

    public bool HasNext => Answer.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean();

    public string? End => Answer.GetProperty("pageInfo").GetProperty("endCursor").GetString();

    private JsonElement.ArrayEnumerator Edges => Answer.GetProperty("edges").EnumerateArray();
}
