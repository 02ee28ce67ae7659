using System.Text.Json;
using Shop.Data.Kernel;
using Shop.Tests.Catalog;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Inventory;

/// <summary>Staff reads how a SKU's stock came about.</summary>
public sealed class StockOfVariantTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Ledger = """
        query ($sku: String!, $first: Int, $after: String) {
          productVariant(by: {sku: $sku}) {
            stock {
              available version updatedAt
              movements(first: $first, after: $after) {
                nodes { id kind units reason at orderId order { id } actor { id } }
                pageInfo { hasNextPage endCursor }
              }
            }
          }
        }
        """;

    [Fact]
    public async Task The_ledger_tells_newest_first_who_has_moved_how_much_and_why()
    {
        await shop.OpenAccountsAsync([new(7)]);
        var saga = new Saga(shop);
        var (id, sku) = await shop.StockedAsync(units: 10);
        await shop.AdjustAsync(sku, -1, "Dropped");
        await saga.PlacedAsync(Saga.Request((id, 2)));
        await saga.SettleAsync();
        await shop.ReplicaCaughtUpAsync();

        var stock = await LedgerAsync(sku);

        Assert.Equal(7, stock.GetProperty("available").GetInt32());
        Assert.Equal(4, stock.GetProperty("version").GetInt32());
        var lines = stock.GetProperty("movements").GetProperty("nodes");
        Assert.Equal(["DEDUCTED", "ADJUSTED", "SET"], lines.Texts("kind"));
        Assert.Equal(["-2", "-1", "10"], lines.Texts("units"));
        Assert.Equal(["", "Dropped", ""], lines.Texts("reason"));
        Assert.Equal(
            [true, false, false],
            lines
                .EnumerateArray()
                .Select(line => line.GetProperty("orderId").ValueKind == JsonValueKind.String)
        );
        Assert.Equal(
            [true, false, false],
            lines.EnumerateArray().Select(line => line.GetProperty("actor").ValueKind == JsonValueKind.Null)
        );
        Assert.Equal(3, lines.Texts("id").Distinct().Count());
    }

    [Fact]
    public async Task The_ledger_is_read_page_by_page_and_no_line_comes_twice()
    {
        var (_, sku) = await shop.StockedAsync(units: 10);
        foreach (var by in new[] { 1, 2, 3, 4 })
        {
            await shop.AdjustAsync(sku, by);
        }

        await shop.ReplicaCaughtUpAsync();
        var units = new List<string>();
        string? after = null;
        do
        {
            var page = (await LedgerAsync(sku, first: 2, after)).GetProperty("movements");
            units.AddRange(page.GetProperty("nodes").Texts("units"));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()
                ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString()
                : null;
        } while (after is not null);

        Assert.Equal(["4", "3", "2", "1", "10"], units);
        Assert.Equal("INVALID_CURSOR", await CodeAsync(sku, "eA"));
    }

    [Fact]
    public async Task A_sku_that_was_never_counted_has_no_stock_and_no_ledger()
    {
        var mug = Shelving.Mug();
        await shop.SavedAsync(mug);
        await using var command = shop.Get<Data.Storage.Database<Data.Inventory.InventoryDb>>()
            .Primary.CreateCommand("delete from inventory.stock where available = 0");
        await command.ExecuteNonQueryAsync();
        await shop.ReplicaCaughtUpAsync();

        var stock = await LedgerAsync(mug.Variants[0].Sku!);

        Assert.Equal(
            """{"available":0,"version":0,"updatedAt":null,"movements":{"nodes":[],"pageInfo":{"hasNextPage":false,"endCursor":null}}}""",
            stock.ToString()
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task The_stock_of_a_page_of_skus_with_their_ledgers_is_as_many_statements_as_that_of_one(
        int products
    )
    {
        var brand = $"Brand of {products}";
        for (var made = 0; made < products; made++)
        {
            var mug = Shelving.Mug() with { Brand = brand };
            await shop.SavedAsync(mug);
            await shop.SetAsync(mug.Variants[0].Sku!, 5);
        }

        await shop.ReplicaCaughtUpAsync();
        using var count = SqlCount.Start();
        var data = await shop.AskAsync(
            Counting.Counter,
            """
            query ($brand: String!) {
              products(where: {brand: {eq: $brand}}, first: 20) {
                nodes { variants(first: 2) { nodes { stock { available movements(first: 3) { nodes { units actor { id } } } } } } }
              }
            }
            """,
            new { brand }
        );

        Assert.Equal(products, data.GetProperty("products").GetProperty("nodes").GetArrayLength());
        // The products, their variants, the levels, the ledgers, and who moved what.
        Assert.Equal(5, count.Statements.Count);
    }

    private async Task<JsonElement> LedgerAsync(string sku, int? first = null, string? after = null) => (
            await shop.AskAsync(
                Counting.Counter,
                Ledger,
                new
                {
                    sku,
                    first,
                    after,
                }
            )
        ).GetProperty("productVariant").GetProperty("stock");

    private Task<string> CodeAsync(string sku, string after) =>
        shop.ErrorAsync(Askers.Staff(StaffRole.Stock), Ledger, new { sku, after });
}
