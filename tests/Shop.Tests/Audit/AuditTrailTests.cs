using System.Text.Json;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Schema;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Inventory;

namespace Shop.Tests.Audit;

/// <summary>Whoever runs the shop reads what staff has done.</summary>
public sealed class AuditTrailTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Trail = """
        query ($where: AuditWhere, $first: Int, $after: String) {
          auditTrail(where: $where, first: $first, after: $after) {
            nodes {
              id at action subjectId actor { id }
              subject { __typename ... on Product { title } ... on ProductVariant { sku } ... on Category { title } }
              changes { field before after }
            }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    [Fact]
    public async Task Every_verb_of_staff_is_told_newest_first_whatever_context_it_belongs_to()
    {
        var ada = Askers.Customer(new(71), StaffRole.Catalog);
        await shop.OpenAccountsAsync(new(71), new(7));
        var mug = Shelving.Mug();
        var payload = await shop.SaveAsync(mug, ada);
        var product = payload.Thing;
        await shop.SaveAsync(mug, ada);
        await shop.ReplicaCaughtUpAsync();
        await shop.SetAsync(mug.Variants[0].Sku!, 5);
        await shop.AdjustAsync(mug.Variants[0].Sku!, -2, "Broken");
        await shop.SaveAsync(
            mug.Again(product) with
            {
                Title = "Renamed",
                Variants = [mug.Variants[0] with { Price = "5" }],
            }
        );
        await shop.ArchiveAsync(product.Id());
        await shop.ReplicaCaughtUpAsync();
        var red = product.GetProperty("variants").GetProperty("nodes")[0].Id();

        var ofProduct = (await ReadAsync(new { subject = product.Id() })).GetProperty("nodes");
        var ofRed = (await ReadAsync(new { subject = red })).GetProperty("nodes");
        var ofAda = (await ReadAsync(new { actor = GlobalId.Of(new CustomerId(71)).ToString() })).GetProperty(
            "nodes"
        );

        Assert.Equal(["productArchive", "productSave", "productSave"], ofProduct.Texts("action"));
        Assert.Equal(["Renamed"], ofProduct.EnumerateArray().Select(Title).Distinct());
        Assert.Equal(
            ["status: ACTIVE → ARCHIVED", "version: 2 → 3"],
            ofProduct[0].GetProperty("changes").EnumerateArray().Select(Change)
        );
        Assert.Equal(
            [$"title: {mug.Title} → Renamed", "version: 1 → 2"],
            ofProduct[1].GetProperty("changes").EnumerateArray().Select(Change)
        );
        Assert.Equal(["productSave", "stockAdjust", "stockSet", "productSave"], ofRed.Texts("action"));
        Assert.Equal(
            ["price: 4.50 GBP → 5.00 GBP"],
            ofRed[0].GetProperty("changes").EnumerateArray().Select(Change)
        );
        Assert.Equal(
            ["available: 5 → 3", "reason:  → Broken"],
            ofRed[1].GetProperty("changes").EnumerateArray().Select(Change)
        );
        // The product and its two variants, once: a call that is repeated does nothing.
        Assert.Equal(3, ofAda.GetArrayLength());
        Assert.Equal(GlobalId.Of(new CustomerId(71)).ToString(), ofAda[0].GetProperty("actor").Id());
    }

    [Fact]
    public async Task The_trail_of_all_contexts_is_one_list_page_by_page()
    {
        await shop.StockedAsync(units: 5);
        var (_, sku) = await shop.StockedAsync(units: 5);
        await shop.CategoryAsync("Somewhere");
        await shop.AdjustAsync(sku, 1);
        await shop.ReplicaCaughtUpAsync();

        var whole = (await ReadAsync(new { }, first: 100)).GetProperty("nodes").Texts("id").ToList();
        var paged = new List<string>();
        string? after = null;
        do
        {
            var page = await ReadAsync(null, first: 3, after);
            paged.AddRange(page.GetProperty("nodes").Texts("id"));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()
                ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString()
                : null;
        } while (after is not null);

        Assert.Equal(whole, paged);
        Assert.Equal(whole.Distinct(), whole);
        var newest = (await ReadAsync(null, first: 2)).GetProperty("nodes");
        Assert.Equal(["stockAdjust", "categorySave"], newest.Texts("action"));
    }

    [Fact]
    public async Task It_is_asked_for_by_deed_and_by_time()
    {
        await shop.StockedAsync(units: 5);
        await shop.ReplicaCaughtUpAsync();
        var now = shop.Clock.GetUtcNow();

        var sets = (
            await ReadAsync(
                new
                {
                    action = "stockSet",
                    from = now,
                    to = now,
                }
            )
        ).GetProperty("nodes");
        var later = (await ReadAsync(new { from = now.AddSeconds(1) })).GetProperty("nodes");
        var nobody = (
            await ReadAsync(new { subject = GlobalId.Of(new ProductId(1)).ToString() })
        ).GetProperty("nodes");

        Assert.Equal(["stockSet"], sets.Texts("action").Distinct());
        Assert.Equal(0, later.GetArrayLength());
        Assert.Equal(0, nobody.GetArrayLength());
    }

    [Fact]
    public async Task A_page_costs_a_statement_for_each_context_and_for_each_kind_of_thing()
    {
        for (var made = 0; made < 10; made++)
        {
            await shop.StockedAsync(units: 5);
        }

        await shop.ReplicaCaughtUpAsync();
        using var count = SqlCount.Start();
        await ReadAsync(null, first: 50);

        // Eight contexts; products, SKUs, categories, and who it was.
        Assert.True(count.Statements.Count <= 11, string.Join("\n\n", count.Statements));
    }

    [Theory]
    [InlineData(null, "UNAUTHENTICATED")]
    [InlineData(StaffRole.Catalog, "FORBIDDEN")]
    [InlineData(StaffRole.Payments, "FORBIDDEN")]
    public async Task Only_an_admin_reads_it(StaffRole? role, string code)
    {
        var user = role is { } known ? Askers.Staff(known) : Askers.Guest;

        Assert.Equal(code, await shop.ErrorAsync(user, "{ auditTrail { nodes { id } } }"));
        Assert.Equal(
            "INVALID_CURSOR",
            await shop.ErrorAsync(
                Askers.Staff(StaffRole.Admin),
                "{ auditTrail(after: \"eA\") { nodes { id } } }"
            )
        );
    }

    private async Task<JsonElement> ReadAsync(object? where, int? first = null, string? after = null) =>
        (
            await shop.AskAsync(
                Askers.Staff(StaffRole.Admin),
                Trail,
                new
                {
                    where = where ?? new { },
                    first,
                    after,
                }
            )
        ).GetProperty("auditTrail");

    private static string? Title(JsonElement entry) =>
        entry.GetProperty("subject").GetProperty("title").GetString();

    private static string Change(JsonElement change) =>
        $"{change.GetProperty("field")}: {change.GetProperty("before")} → {change.GetProperty("after")}";
}
