using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Inventory.Messages;
using Shop.Data.Kernel;
using Shop.Data.Search;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Indexing;
using Shop.Data.Storage;
using Shop.GraphQL.Engine.Schema;
using Shop.Jobs.Search;
using Shop.Jobs.Verification;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Inventory;
using Shop.Tests.Orders;

namespace Shop.Tests.Search;

/// <summary>The index follows Catalog and Inventory, in whatever order it hears of them.</summary>
public sealed class IndexingTests(ShopFixture shop) : IClassFixture<ShopFixture>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await shop.IndexedAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_edit_is_found_by_its_new_words_and_no_longer_by_the_old()
    {
        var mug = Shelving.Mug() with { Title = "Zebra Jug" };
        var made = await shop.SavedAsync(mug);
        await shop.IndexedAsync();
        Assert.Equal([mug.Variants[0].Sku!], (await shop.FindAsync("zebras")).Skus);

        await shop.SavedAsync(mug.Again(made) with { Title = "Giraffe Jug" });
        await shop.IndexedAsync();

        Assert.Empty((await shop.FindAsync("zebra")).Skus);
        Assert.Equal([mug.Variants[0].Sku!], (await shop.FindAsync("giraffe")).Skus);
        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task What_is_archived_or_a_draft_is_not_found_and_a_sku_that_is_left_out_neither()
    {
        await shop.SavedAsync(Shelving.Mug("DRAFT") with { Title = "Otter Cup" });
        var mug = Shelving.Mug() with { Title = "Badger Cup" };
        var made = await shop.SavedAsync(mug);
        await shop.IndexedAsync();
        Assert.Single((await shop.FindAsync(mug.Variants[0].Sku!)).Skus);
        Assert.Empty((await shop.FindAsync("otter")).Skus);

        await shop.SavedAsync(mug.Again(made) with { Variants = [mug.Variants[1]] });
        await shop.IndexedAsync();
        Assert.Empty((await shop.FindAsync(mug.Variants[0].Sku!)).Skus);
        Assert.Single((await shop.FindAsync(mug.Variants[1].Sku!)).Skus);

        await shop.ArchiveAsync(made.Id());
        await shop.IndexedAsync();
        Assert.Empty((await shop.FindAsync("badger")).Skus);
        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task A_product_that_is_gone_before_the_index_has_heard_leaves_no_gap_in_the_page()
    {
        var titles = new[] { "Lynx A", "Lynx B", "Lynx C", "Lynx D" };
        var made = new List<string>();
        foreach (var title in titles)
        {
            made.Add((await shop.SavedAsync(Shelving.Mug() with { Title = title })).Id());
        }

        await shop.IndexedAsync();
        await shop.ArchiveAsync(made[0]);
        await shop.ArchiveAsync(made[1]);
        await shop.ReplicaCaughtUpAsync();

        var page = await shop.SearchAsync("text: \"lynx\", orderBy: {field: TITLE}, first: 1");

        Assert.Equal(["lynx-c"], Slugs(page));
        Assert.True(page.HasNext);
        Assert.Equal(
            ["lynx-d"],
            Slugs(
                await shop.SearchAsync(
                    $"text: \"lynx\", orderBy: {{field: TITLE}}, first: 1, after: \"{page.End}\""
                )
            )
        );
    }

    [Fact]
    public async Task The_title_of_a_category_is_a_word_of_all_below_it_and_changes_with_it()
    {
        var stable = await shop.CategoryAsync("Stable", slug: "stable-1");
        var stall = await shop.CategoryAsync("Stall", slug: "stall-1", parent: "stable-1");
        await shop.SavedAsync(
            Shelving.Mug() with
            {
                Title = "Horse Brush",
                Category = new { slug = "stall-1" },
            }
        );
        await shop.IndexedAsync();
        Assert.Single((await shop.FindAsync("stable brush")).Skus);

        await shop.CategoryAsync("Paddock", id: stable.Thing.Id());
        await shop.IndexedAsync();
        Assert.Empty((await shop.FindAsync("stable")).Skus);
        Assert.Single((await shop.FindAsync("paddock brush")).Skus);

        await shop.CategoryAsync("Meadow", slug: "meadow-1");
        await shop.CategoryAsync("Stall", id: stall.Thing.Id(), parent: "meadow-1");
        await shop.IndexedAsync();
        Assert.Empty((await shop.FindAsync("paddock")).Skus);
        Assert.Single((await shop.FindAsync("meadow brush")).Skus);
    }

    [Fact]
    public async Task A_sale_is_in_the_index_with_what_is_left_and_what_was_sold()
    {
        var (first, _) = await shop.StockedAsync(units: 1);
        await shop.IndexedAsync();
        Assert.True(await IsSellableAsync(first));

        var saga = new Saga(shop);
        await saga.PlacedAsync(Saga.Request((first, 1)));
        await shop.IndexedAsync();

        Assert.False(await IsSellableAsync(first));
        Assert.Equal(1, await SoldLatelyAsync(first));
        Assert.Empty(await FindingsAsync());
    }

    [Fact]
    public async Task Of_two_levels_the_newer_stays_and_a_sale_counts_once()
    {
        var sku = shop.Get<NewId>().Next<VariantId>();
        var save = shop.Get<SaveStock>();
        VariantLevel[] newer = [new(sku, 3, 7, 2), new(sku, 5, 6, 1)];

        await save.RunAsync(newer, CancellationToken.None);
        await save.RunAsync([new VariantLevel(sku, 9, 5, 4)], default);
        await save.RunAsync(newer, CancellationToken.None);

        Assert.Equal((3, 7, 3f), await StockAsync(sku));

        await save.RunAsync([new VariantLevel(sku, 6, 8, -4)], default);
        Assert.Equal((6, 8, 0f), await StockAsync(sku));
    }

    [Fact]
    public async Task What_sells_is_popular_a_day_later_and_less_so_as_time_goes_by()
    {
        var (id, sku) = await shop.StockedAsync(units: 100);
        var saga = new Saga(shop);
        await saga.PlacedAsync(Saga.Request((id, 63)));
        await shop.IndexedAsync();
        var count = shop.Get<CountPopularity>();

        shop.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await count.RunAsync(default));
        Assert.Equal(0, await count.RunAsync(default));
        await shop.Get<HeldColumns>().FollowAsync(default);
        Assert.Equal(24, await PopularityAsync(sku));

        for (var day = 0; day < 14; day++)
        {
            shop.Clock.Advance(TimeSpan.FromDays(1));
            await count.RunAsync(default);
        }

        await shop.Get<HeldColumns>().FollowAsync(default);
        // Half of 63 is left, and a day more.
        Assert.InRange(await PopularityAsync(sku), 19, 20);
    }

    [Fact]
    public async Task A_shop_that_had_products_before_it_had_an_index_is_read_once()
    {
        var mug = Shelving.Mug() with { Title = "Heron Bowl" };
        await shop.SavedAsync(mug);
        await shop.SetAsync(mug.Variants[0].Sku!, 4);
        await ExecuteAsync(
            """
            delete from catalog.local_message; delete from inventory.local_message;
            truncate search.product, search.sku, search.stock, search.code, search.category;
            update search.clock set filled_to = 0
            """
        );
        Assert.Empty(await FindingsAsync());

        await shop.IndexedAsync();

        Assert.Single((await shop.FindAsync("heron")).Skus);
        Assert.Empty(await FindingsAsync());
        Assert.Equal(0, await shop.Get<FillIndex>().RunAsync(default));
    }

    [Fact]
    public async Task A_verification_tells_where_the_index_is_not_what_it_should_be()
    {
        var mug = Shelving.Mug() with { Title = "Walrus Dish" };
        var id = GlobalId.Parse((await shop.SavedAsync(mug)).Id()).To<ProductId>().Value;
        await shop.IndexedAsync();
        Assert.Empty(await FindingsAsync());

        await ExecuteAsync($"update search.product set version = 9 where product_id = {id}");
        Assert.Equal([$"Product {id} in the index: version 9 instead of 1"], await FindingsAsync());
        await ExecuteAsync(
            $"update search.product set version = 1, is_searchable = false where product_id = {id}"
        );
        Assert.Single(await FindingsAsync());
        await ExecuteAsync(
            $"update search.product set is_searchable = true where product_id = {id}; update search.sku set price_minor = 1 where product_id = {id}"
        );
        Assert.Equal([$"Product {id} in the index: its SKUs or their prices differ"], await FindingsAsync());
        await ExecuteAsync(
            $"update search.sku set price_minor = 450 where product_id = {id}; update search.stock set available = 3 where variant_id in (select variant_id from search.sku where product_id = {id})"
        );
        Assert.Contains("3 units of the SKU", Assert.Single(await FindingsAsync()), StringComparison.Ordinal);
        await ExecuteAsync($"delete from search.product where product_id = {id}");
        Assert.Equal([$"Product {id} in the index: it is missing"], await FindingsAsync());

        // For the tests beside this one.
        await shop.SavedAsync(
            mug.Again(
                (
                    await shop.AskJsonAsync($"{{ product(by: {{slug: \"walrus-dish\"}}) {{ id }} }}")
                ).GetProperty("product")
            )
        );
        await shop.IndexedAsync();
        await ExecuteAsync(
            "update search.stock set available = s.available from inventory.stock s where s.variant_id = search.stock.variant_id"
        );
    }

    [Fact]
    public async Task The_age_of_the_index_is_that_of_the_oldest_message_it_has_not_taken()
    {
        await shop.IndexedAsync();
        var before = shop.Clock.GetUtcNow();
        Assert.Equal(before, (await shop.FindAsync("anything")).AsOf);

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var saved = shop.Clock.GetUtcNow();
        await shop.SavedAsync(Shelving.Mug());
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await AgeToldAsync();
        Assert.Equal(before, (await shop.FindAsync("anything")).AsOf);

        await new Saga(shop).SettleAsync();
        await AgeToldAsync();
        Assert.Equal(shop.Clock.GetUtcNow(), (await shop.FindAsync("anything")).AsOf);
        Assert.True(saved < shop.Clock.GetUtcNow());
    }

    [Fact]
    public async Task At_rest_nothing_is_written()
    {
        await shop.IndexedAsync();
        var before = await ClockRowAsync();

        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        await shop.Get<WatchIndexAge>().RunAsync(CancellationToken.None);

        Assert.Equal(before, await ClockRowAsync());
    }

    [Fact]
    public async Task Writers_take_turns_and_each_reads_after_the_one_before()
    {
        var id = GlobalId.Parse((await shop.SavedAsync(Shelving.Mug())).Id()).To<ProductId>();
        var (index, feed) = (shop.Get<IndexProducts>(), shop.Get<ProductFeed>());
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var order = new List<string>();

        var first = index.RunAsync(
            [id],
            async (ids, stop) =>
            {
                entered.SetResult();
                await go.Task;
                order.Add("first");
                return await feed.ReadAsync(ids, stop);
            },
            CancellationToken.None
        );
        await entered.Task;
        var second = index.RunAsync(
            [id],
            (ids, stop) =>
            {
                order.Add("second");
                return feed.ReadAsync(ids, stop);
            },
            CancellationToken.None
        );
        await Eventually.TrueAsync(
            shop,
            """
            select exists (
                select from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock' and query like '%search.clock%')
            """
        );
        go.SetResult();
        await Task.WhenAll(first, second);

        Assert.Equal(["first", "second"], order);
    }

    private async Task AgeToldAsync()
    {
        await shop.Get<WatchIndexAge>().RunAsync(default);
        await shop.ReplicaCaughtUpAsync();
        await shop.Get<HeldColumns>().FollowAsync(default);
    }

    private async Task<string?> ClockRowAsync()
    {
        await using var command = shop.Get<Database<SearchDb>>()
            .Primary.CreateCommand("select xmin::text || clock::text from search.clock");
        return (string?)await command.ExecuteScalarAsync();
    }

    private static IEnumerable<string> Slugs(Found found) =>
        found
            .Answer.GetProperty("edges")
            .EnumerateArray()
            .Select(edge => edge.GetProperty("node").GetProperty("slug").GetString()!);

    private async Task<List<string>> FindingsAsync() =>
        await shop.Get<VerifySearch>().FindingsAsync(default).ToListAsync();

    private async Task ExecuteAsync(string sql)
    {
        await using var command = shop.Get<Database<SearchDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<(int, int, float)> StockAsync(VariantId sku)
    {
        await using var db = shop.Get<Database<SearchDb>>().OpenPrimary();
        var stock = await db.Stock.SingleAsync(row => row.VariantId == sku);
        return (stock.Available, stock.Version, stock.SoldLately);
    }

    private async Task<float> SoldLatelyAsync(VariantId sku) => (await StockAsync(sku)).Item3;

    private async Task<bool> IsSellableAsync(VariantId sku) => (await StockAsync(sku)).Item1 > 0;

    private async Task<int> PopularityAsync(string sku)
    {
        var found = await shop.FindAsync(sku);
        return (int)
            Math.Round(1000 * (found.Answer.GetProperty("edges")[0].GetProperty("score").GetDouble() - 6));
    }
}
