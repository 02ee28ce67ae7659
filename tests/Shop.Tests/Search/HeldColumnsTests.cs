using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shop.Data.Search;
using Shop.Data.Search.Columns;
using Shop.Data.Storage;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Inventory;
using Shop.Tests.Orders;

namespace Shop.Tests.Search;

/// <summary>What a node holds of the index follows it, and is what it would be if it were loaded now.</summary>
public sealed class HeldColumnsTests(SearchShop small) : IClassFixture<SearchShop>
{
    private readonly ShopFixture _shop = small.Shop;

    [Fact]
    public async Task Whatever_changes_is_followed()
    {
        var mug = Shelving.Mug() with { Title = "Heron Mug" };
        var made = await _shop.SavedAsync(mug);
        await FollowedAsync();

        await _shop.SavedAsync(
            mug.Again(made) with
            {
                Title = "Egret Mug",
                Brand = "Potter",
                Variants = [mug.Variants[1]],
            }
        );
        await _shop.SetAsync(mug.Variants[1].Sku!, 4);
        await FollowedAsync();

        var (sold, _) = await _shop.StockedAsync(units: 3);
        await new Saga(_shop).PlacedAsync(Saga.Request((sold, 2)));
        await FollowedAsync();

        var heath = await _shop.CategoryAsync("Heath", slug: "heath");
        await _shop.CategoryAsync("Moor", slug: "moor");
        await _shop.SavedAsync(Shelving.Mug() with { Category = new { slug = "moor" } });
        await _shop.CategoryAsync("Moor", id: await IdAsync("moor"), parent: "heath");
        await FollowedAsync();
        Assert.NotNull(heath);

        await _shop.ArchiveAsync(made.Id());
        _shop.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await _shop.Get<Shop.Data.Search.Indexing.CountPopularity>().RunAsync(default));
        await FollowedAsync();
    }

    [Fact]
    public async Task Only_what_was_touched_is_read_again_until_it_is_no_longer_known_what_was()
    {
        await _shop.IndexedAsync();
        await ExecuteAsync(
            """
            update search.product set slug = 'a-pot' where slug = 'cafe-pot';
            update search.product set slug = 'a-cable' where slug = 'audio-cable-3-5mm'
            """
        );
        await TouchAsync("a-pot");
        await Held.FollowAsync(default);
        Assert.Equal(
            ["a-pot", "audio-cable-3-5mm"],
            Slugs("a-pot", "a-cable", "audio-cable-3-5mm", "cafe-pot")
        );

        await TouchAsync("a-pot");
        await ExecuteAsync("delete from search.change");
        await Held.FollowAsync(default);
        Assert.Equal(["a-cable", "a-pot"], Slugs("a-pot", "a-cable", "audio-cable-3-5mm", "cafe-pot"));

        await ExecuteAsync(
            """
            update search.product set slug = 'cafe-pot' where slug = 'a-pot';
            update search.product set slug = 'audio-cable-3-5mm' where slug = 'a-cable'
            """
        );
        await TouchAsync("cafe-pot", "audio-cable-3-5mm");
        await FollowedAsync();
    }

    [Fact]
    public async Task What_is_found_without_a_text_is_kept_until_something_changes()
    {
        await _shop.IndexedAsync();
        var before = Held.Current;
        await Held.FollowAsync(default);
        Assert.Same(before, Held.Current);
        var mugs = await MugsAsync();

        Assert.Equal(mugs, await MugsAsync());
        await _shop.SavedAsync(Shelving.Mug() with { Title = "Heron Mug", Category = new { slug = "mugs" } });
        await _shop.IndexedAsync();

        Assert.NotEqual(mugs, await MugsAsync());
    }

    [Fact]
    public async Task More_skus_than_may_be_held_are_not()
    {
        await _shop.IndexedAsync();
        using var few = Columns(maxSkus: 3);

        Assert.False(await few.FollowAsync(default));
        Assert.Null(few.Current);
    }

    // The page, its counts and the groups.
    private async Task<string> MugsAsync() =>
        (
            await _shop.AskJsonAsync(
                """
                {
                  productSearch(where: {category: {eq: "MUGS"}}, facets: [BRAND]) {
                    totalCount facets { values { value count } } nodes { title }
                  }
                  skuAggregate(groupBy: STOCK_STATUS) { nodes { key summary { skuCount } } }
                }
                """.Replace("MUGS", await IdAsync("mugs"), StringComparison.Ordinal)
            )
        ).ToString();

    private HeldColumns Held => _shop.Get<HeldColumns>();

    private HeldColumns Columns(int maxSkus) =>
        new(
            _shop.Get<Database<SearchDb>>(),
            Options.Create(new SearchOptions { MaxSkus = maxSkus }),
            NullLogger<HeldColumns>.Instance
        );

    // What was followed step by step is what is loaded now.
    private async Task FollowedAsync()
    {
        await _shop.IndexedAsync();
        using var loaded = Columns(maxSkus: 1_000);
        await loaded.FollowAsync(default);

        Assert.Equal(Lines(loaded), Lines(Held));
        Assert.Equal(loaded.Current!.Age, Held.Current!.Age);
    }

    private static IEnumerable<string> Lines(HeldColumns held)
    {
        var columns = held.Current!.Columns;
        return columns
            .All.Select(each => Line(columns.Terms, each.Block, each.Place))
            .Order(StringComparer.Ordinal);
    }

    private static string Line(FacetTerms terms, ColumnBlock block, int place) =>
        string.Join(
            ' ',
            Enumerable
                .Range(block.SkuStart[place], block.SkuStart[place + 1] - block.SkuStart[place])
                .Select(sku =>
                    $"[{block.Skus[sku]} {block.Prices[sku]} {block.Available[sku]} {Names(terms, block.TermsOfSku(sku))}]"
                )
                .Prepend($"{block.Ids[place]} {block.Facts[place]} {Names(terms, block.TermsOf(place))}")
        );

    private static string Names(FacetTerms terms, ReadOnlySpan<int> numbers) =>
        string.Join(',', numbers.ToArray().Select(number => terms[number]));

    private string[] Slugs(params string[] among) =>
        [
            .. Held.Current!.Columns.All.Select(each => each.Block.Facts[each.Place].Slug)
                .Where(among.Contains)
                .Order(StringComparer.Ordinal),
        ];

    private Task TouchAsync(params string[] slugs) =>
        ExecuteAsync(
            $"""
            update search.clock set revision = revision + 1;
            insert into search.change select revision, array(
                select product_id from search.product where slug in ('{string.Join(
                "', '",
                slugs
            )}')) from search.clock
            """
        );

    private async Task<string> IdAsync(string category) =>
        (await _shop.AskJsonAsync($"{{ category(by: {{slug: \"{category}\"}}) {{ id }} }}"))
            .GetProperty("category")
            .Id();

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _shop.Get<Database<SearchDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
