using System.Text.Json;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Messages;
using Shop.Data.Inventory;
using Shop.Data.Kernel;
using Shop.Data.Messages;
using Shop.Tests.Fixtures;
using Shop.Tests.Inventory;
using Shop.Tests.Orders;

namespace Shop.Tests.Catalog.Import;

/// <summary>The stock in a file is the stock of the shop.</summary>
public sealed class CountedStockTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Start = """
        mutation($key: UUID!, $url: URL!) {
          catalogImport(input: {idempotencyKey: $key, url: $url, onError: REFUSE_ALL, openStock: false}) {
            import { id }
          }
        }
        """;

    private readonly ImportDesk _desk = new(shop);
    private readonly Saga _saga = new(shop);

    [Fact]
    public async Task A_file_sets_the_level_of_a_sku_that_was_counted_before_and_the_ledger_tells_of_it()
    {
        await ImportAsync("CA-1,Pot,1,5\nCA-2,Pan,1,7\nCA-3,Lid,1,");
        var moves = await ImportAsync("CA-1,Pot,1,3\nCA-2,Pan,1,7\nCA-3,Lid,1,4");
        await ImportAsync("CA-1,Pot,1,\nCA-2,Pan,1,\nCA-3,Lid,1,");

        Assert.Equal(1, moves);
        Assert.Equal(["3 v2", "7 v1", "4 v1"], await LevelsAsync("CA-1", "CA-2", "CA-3"));
        Assert.Equal(["SET -2 An imported file says so."], await LedgerAsync("CA-1"));
        Assert.Equal(
            7,
            await _desk.CountAsync(
                """
                select actor_id from inventory.stock_movement m
                join catalog.product_variant v on v.id = m.variant_id where v.sku = 'CA-1'
                """
            )
        );
        Assert.Equal(0, await shop.DifferencesAsync());
    }

    [Fact]
    public async Task Of_two_files_the_later_one_counts()
    {
        for (var units = 0; units < 5; units++)
        {
            await _desk.ImportAsync(
                $"sku,title,list_price_gbp,stock\nCB-1,Pot,1,{units}\n",
                ImportErrorPolicy.RefuseAll
            );
        }

        await _saga.SettleAsync();

        Assert.Equal(["4 v5"], await LevelsAsync("CB-1"));
    }

    [Fact]
    public async Task A_count_that_is_delivered_twice_is_taken_once()
    {
        var pot = await _saga.StockedAsync(units: 10);
        var told = new Delivered<VariantsCounted>("test", 1, new(Actor: null, [new(pot, 8)]), null);
        await shop.Get<TakeCounts>().RunAsync([told], default);
        await shop.Get<OpenStock>().RunAsync([(pot, 1)], default);
        var later = new Delivered<VariantsCounted>("test", 2, new(Actor: null, [new(pot, 5)]), null);
        await shop.Get<TakeCounts>().RunAsync([later], default);

        await shop.Get<TakeCounts>().RunAsync([told], default);

        Assert.Equal(5, await _saga.AvailableAsync(pot));
        Assert.Equal(0, await shop.DifferencesAsync());
    }

    [Fact]
    public async Task Staff_that_may_not_count_stock_is_told_that_the_column_is_not_read()
    {
        await ImportAsync("CD-1,Pot,1,5");
        var url = await _desk.SendAsync("sku,title,list_price_gbp,stock\nCD-1,Big pot,1,3\n");
        var started = await shop.AskAsync(
            Askers.Staff(StaffRole.Catalog),
            Start,
            new { key = Guid.CreateVersion7(), url }
        );
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());
        await _saga.SettleAsync();
        await shop.ReplicaCaughtUpAsync();

        var id = started.GetProperty("catalogImport").GetProperty("import").GetProperty("id");
        var import = await shop.AskAsync(
            Askers.Staff(StaffRole.Catalog),
            "query($id: ID!) { catalogImport(id: $id) { status columnsNotRead products { changed } } }",
            new { id }
        );
        Assert.Equal(
            """{"status":"DONE","columnsNotRead":["stock"],"products":{"changed":1}}""",
            $"{import.GetProperty("catalogImport")}"
        );
        Assert.Equal(["5 v1"], await LevelsAsync("CD-1"));
    }

    // How many levels it moved.
    private async Task<long> ImportAsync(string rows)
    {
        var url = await _desk.SendAsync($"sku,title,list_price_gbp,stock\n{rows}\n");
        var moved = await _desk.CountAsync("select count(*) from inventory.stock_movement");
        await shop.AskAsync(
            Askers.Staff(StaffRole.Catalog, StaffRole.Stock),
            Start,
            new { key = Guid.CreateVersion7(), url }
        );
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());
        await _saga.SettleAsync();
        return await _desk.CountAsync("select count(*) from inventory.stock_movement") - moved;
    }

    private async Task<IReadOnlyList<string>> LevelsAsync(params string[] skus)
    {
        await shop.ReplicaCaughtUpAsync();
        var stocks = await Task.WhenAll(skus.Select(StockAsync));
        return
        [
            .. stocks.Select(stock => $"{stock.GetProperty("available")} v{stock.GetProperty("version")}"),
        ];
    }

    private async Task<IReadOnlyList<string>> LedgerAsync(string sku) =>
        [
            .. (await StockAsync(sku))
                .GetProperty("movements")
                .GetProperty("nodes")
                .EnumerateArray()
                .Select(line =>
                    $"{line.GetProperty("kind")} {line.GetProperty("units")} {line.GetProperty("reason")}"
                ),
        ];

    private async Task<JsonElement> StockAsync(string sku)
    {
        var told = await shop.AskAsync(
            Askers.Staff(StaffRole.Stock),
            """
            query($sku: String!) {
              productVariant(by: {sku: $sku}) {
                stock { available version movements(first: 10) { nodes { kind units reason } } }
              }
            }
            """,
            new { sku }
        );
        return told.GetProperty("productVariant").GetProperty("stock");
    }
}
