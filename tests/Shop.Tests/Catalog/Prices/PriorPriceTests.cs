using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Prices;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Catalog.Prices;

/// <summary>What a reduced SKU is shown to have cost before: the lowest of the 30 days before its reduction began.</summary>
public sealed class PriorPriceTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly MugInput _mug = Shelving.Mug();

    [Fact]
    public async Task It_is_the_lowest_of_the_thirty_days_before_the_reduction_and_stays_as_long_as_that_runs()
    {
        var id = (await shop.SavedAsync(Costing("70.00"))).Id();
        await AfterAsync(40, id, "100.00");
        await AfterAsync(20, id, "80.00");
        await AfterAsync(10, id, "100.00");
        var before = await PriorAsync(id);
        await AfterAsync(10, id, "85.00", compareAt: "100.00");
        var sale = await PriorAsync(id);
        await AfterAsync(40, id, "60.00", compareAt: "100.00");
        var later = await PriorAsync(id);
        await AfterAsync(5, id, "100.00");
        var over = await PriorAsync(id);
        await AfterAsync(5, id, "90.00", compareAt: "100.00");
        var next = await PriorAsync(id);

        Assert.Equal((null, "80.00", "80.00", null, "60.00"), (before, sale, later, over, next));
    }

    [Fact]
    public async Task What_was_reduced_from_its_first_day_on_has_none()
    {
        var mug = Costing("5.00", compareAt: "9.00");

        Assert.Null(await PriorAsync((await shop.SavedAsync(mug)).Id()));
    }

    [Fact]
    public async Task A_change_of_anything_but_the_price_is_none_of_it()
    {
        var id = (await shop.SavedAsync(Costing("5.00"))).Id();
        await AfterAsync(1, id, "5.00", title: "Another");

        Assert.Equal(2, await PointsAsync(id));
    }

    [Fact]
    public async Task An_import_is_remembered_too()
    {
        await TeaPots.StockAsync(shop, units: 1);
        await TeaPots.StockAsync(shop, units: 1);
        await using var db = shop.Get<Database<CatalogDb>>().OpenPrimary();
        var pot = await db.Variants.SingleAsync(variant => variant.Sku == "TEAPOT");

        var point = await db.PriceHistory.SingleAsync(one => one.VariantId == pot.Id);

        Assert.Equal((425, "GBP", null), (point.PriceMinor, point.Currency, point.CompareAtMinor));
    }

    [Fact]
    public async Task Many_reduced_variants_cost_one_statement()
    {
        var id = (await shop.SavedAsync(Costing("100.00"))).Id();
        await AfterAsync(1, id, "85.00", compareAt: "100.00");
        await shop.ReplicaShowsAllAsync();
        using var count = SqlCount.Start();
        await PriorAsync(id);

        Assert.Single(count.Statements, sql => sql.Contains("price_history", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_no_prior_price_is_found_by_is_forgotten_and_nothing_else()
    {
        var id = (await shop.SavedAsync(Costing("70.00"))).Id();
        await AfterAsync(40, id, "100.00");
        await AfterAsync(1, id, "90.00");
        await AfterAsync(40, id, "95.00");
        await ForgetAsync();
        // The last price before the 30 days, and what came then; of two variants.
        var kept = await PointsAsync(id);
        await AfterAsync(1, id, "80.00", compareAt: "95.00");
        await AfterAsync(1, id, "75.00", compareAt: "95.00");
        await AfterAsync(1, id, "70.00", compareAt: "95.00");
        await AfterAsync(40, id, "60.00", compareAt: "95.00");
        var before = await PriorAsync(id);
        await ForgetAsync();

        Assert.Equal(4, kept);
        Assert.Equal(("90.00", "90.00"), (before, await PriorAsync(id)));
        // Of the reduction its first price and its last two, and what was before.
        Assert.Equal(10, await PointsAsync(id));
    }

    private MugInput Costing(string price, string? compareAt = null) =>
        _mug with
        {
            Variants =
            [
                .. _mug.Variants.Select(variant =>
                    variant with
                    {
                        Price = price,
                        CompareAtPrice = compareAt,
                    }
                ),
            ],
        };

    private async Task AfterAsync(
        int days,
        string id,
        string price,
        string? compareAt = null,
        string? title = null
    )
    {
        shop.Clock.Advance(TimeSpan.FromDays(days));
        var mug = Costing(price, compareAt);
        await shop.SavedAsync(
            mug with
            {
                IdempotencyKey = Guid.CreateVersion7(),
                Id = id,
                Title = title ?? mug.Title,
            }
        );
    }

    // Of both variants; they cost the same.
    private async Task<string?> PriorAsync(string id)
    {
        var answer = await shop.AskAsync(
            Askers.Guest,
            """query($id: ID!) { product(by: {id: $id}) { variants(first: 10) { nodes { priorPrice { amount } } } } }""",
            new { id }
        );
        var priors = answer
            .GetProperty("product")
            .GetProperty("variants")
            .GetProperty("nodes")
            .EnumerateArray()
            .Select(node => node.GetProperty("priorPrice"))
            .Select(prior =>
                prior.ValueKind == JsonValueKind.Null ? null : prior.GetProperty("amount").GetString()
            )
            .ToList();
        Assert.Equal(2, priors.Count);
        return Assert.Single(priors.Distinct());
    }

    private async Task ForgetAsync()
    {
        while (await shop.Get<ForgetPrices>().RunAsync(CancellationToken.None) > 0) { }

        await shop.ReplicaCaughtUpAsync();
    }

    private async Task<int> PointsAsync(string id)
    {
        var answer = await shop.AskAsync(
            Askers.Guest,
            """query($id: ID!) { product(by: {id: $id}) { variants(first: 10) { nodes { sku } } } }""",
            new { id }
        );
        var skus = answer.GetProperty("product").Skus().ToArray();
        await using var db = shop.Get<Database<CatalogDb>>().OpenPrimary();
        return await db
            .PriceHistory.Join(
                db.Variants.Where(variant => skus.Contains(variant.Sku)),
                point => point.VariantId,
                variant => variant.Id,
                (point, _) => point
            )
            .CountAsync();
    }
}
