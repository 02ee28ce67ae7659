using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Catalog;
using Shop.Tests.Engine.Documents;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Transport.Cache;

/// <summary>
/// Answers that are kept for an hour, in a shop whose catalogue and stock are changed by another process: what is shown
/// is new only because it was announced.
/// </summary>
public sealed class AnnouncedChangesTests : IAsyncLifetime
{
    private const string Page = """
        { productVariant(by: {sku: "TEAPOT"}) { product { title } availability { available } } }
        """;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly ShopFixture _shop = new();
    private VariantId _teaPot;
    private ShopNode? _node;

    private ShopNode Node => _node ?? throw new InvalidOperationException("Not started yet.");

    public async ValueTask InitializeAsync()
    {
        await _shop.InitializeAsync();
        await ImportAsync("English Tea Pot");
        await _shop.ReplicaCaughtUpAsync();
        _node = await ShopNode.StartAsync(_shop, ("GraphQL:AnswerCache:Lifetime", "01:00:00"));
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task An_import_is_seen_by_whoever_asks_next()
    {
        await KeptAsync();

        await ImportAsync("French Tea Pot");

        await UntilAsync(page => page.Title == "French Tea Pot");
    }

    [Fact]
    public async Task A_sale_is_seen_by_whoever_asks_next()
    {
        await KeptAsync();

        var saga = new Saga(_shop);
        await saga.PlacedAsync(Saga.Request((_teaPot, 2)));
        await saga.SettleAsync();

        await UntilAsync(page => page.Available == 3);
    }

    [Fact]
    public async Task When_redis_was_away_nothing_that_was_kept_is_good_any_more()
    {
        await KeptAsync();
        await _shop.RedisServer.StopAsync();
        await ImportAsync("French Tea Pot");

        await _shop.RedisServer.StartAsync();

        await UntilAsync(page => page.Title == "French Tea Pot");
    }

    // Asked until the same answer comes twice, while nothing changes: it is kept.
    private async Task KeptAsync()
    {
        var first = await PageAsync();
        await PageAsync();
        Assert.Equal(first, await PageAsync());
        Assert.Equal(("English Tea Pot", 5), first);
    }

    private async Task UntilAsync(Func<(string Title, int Available), bool> isSo)
    {
        using var patience = new CancellationTokenSource(_patience);
        while (!isSo(await PageAsync()))
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task<(string Title, int Available)> PageAsync()
    {
        var variant = (await Node.AskAsync(Page)).GetProperty("productVariant");
        return (
            variant.GetProperty("product").GetProperty("title").GetString()!,
            variant.GetProperty("availability").GetProperty("available").GetInt32()
        );
    }

    private async Task ImportAsync(string title)
    {
        var variants = await _shop.ImportAsync(
            $"""
            sku,product_code,title,list_price_gbp,units_sold,first_sold_on
            TEAPOT,TEAPOT,{title},4.25,100,2011-01-01
            """,
            _ => 5
        );
        _teaPot = variants["TEAPOT"];
    }
}

/// <summary>What is public has to say where its changes are announced.</summary>
public sealed class AnnouncedFieldsTests(ShopGraph shop) : IClassFixture<ShopGraph>
{
    [Fact]
    public void Every_public_way_into_the_shop_says_where_its_changes_are_announced() =>
        Assert.DoesNotContain(
            shop.Schema.Query.Fields,
            field => field.IsPublic() && field.AnnouncedOn() is null
        );

    [Theory]
    [InlineData(
        "{ products { nodes { title variants { nodes { price { amount } } } } } }",
        "catalog pricing"
    )]
    [InlineData("{ products { nodes { skuSummary { inStockCount } } } }", "catalog pricing stock")]
    [InlineData(
        "{ products { nodes { ...P } } } fragment P on Product { variants { nodes { ...V } } } "
            + "fragment V on ProductVariant { availability { available } }",
        "catalog stock"
    )]
    [InlineData("{ __typename }", "")]
    public void A_document_shows_what_changes_on_these_channels(string document, string channels) =>
        Assert.Equal(channels, string.Join(' ', shop.Checked(document).AnnouncedOn.Order()));
}
