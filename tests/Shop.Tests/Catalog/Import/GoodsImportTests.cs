using System.Text;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog.Import;

/// <summary>What files say of how goods are taxed and shipped.</summary>
public sealed class GoodsImportTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly ImportDesk _desk = new(shop);

    [Fact]
    public async Task What_a_file_tells_is_saved_what_it_does_not_tell_stays_and_what_is_empty_empties()
    {
        await ImportAsync(
            """
            sku,product_code,title,list_price_gbp,tax_class,weight_grams,requires_shipping
            GA-1,GA,Atlas,12,books,850,true
            GA-2,GA,Atlas as a file,9,,,FALSE
            GA-3,,Mug,4,,,
            """
        );
        var told = await SavedAsync("GA");
        await ImportAsync("sku,product_code,title,list_price_gbp\nGA-1,GA,Atlas,12\nGA-3,,Mug,5\n");
        var kept = await SavedAsync("GA");
        await ImportAsync(
            "sku,product_code,title,list_price_gbp,tax_class,weight_grams,requires_shipping\nGA-2,GA,Atlas as a file,9,,,\n"
        );
        var emptied = await SavedAsync("GA");

        Assert.Equal(["GA-1 books 850 true v1", "GA-2 books 0 false v1", "GA-3 - 0 true v1"], told);
        Assert.Equal(["GA-1 books 850 true v1", "GA-2 books 0 false v1", "GA-3 - 0 true v2"], kept);
        Assert.Equal(["GA-1 - 850 true v1", "GA-2 - 0 true v2", "GA-3 - 0 true v2"], emptied);
    }

    [Fact]
    public async Task A_row_that_cannot_be_so_is_told_and_the_others_are_saved()
    {
        var import = await _desk.ImportAsync(
            """
            sku,title,list_price_gbp,tax_class,weight_grams,requires_shipping
            GC-1,Jug,4,,-1,
            GC-2,Jug,4,,1.5,
            GC-3,Jug,4,,10000001,
            GC-4,Jug,4,,,perhaps
            GC-5,Jug,4,Books & maps,,
            GC-6,Jug,4,books,10000000,True
            """,
            ImportErrorPolicy.RefuseFailedRows
        );

        Assert.Equal(
            [
                "2 InvalidValue weight_grams: weight_grams -1 is less than 0",
                "3 InvalidValue weight_grams: weight_grams \"1.5\" is no whole number",
                "4 InvalidValue weight_grams: weight_grams 10000001 is more than 10000000",
                "5 InvalidValue requires_shipping: requires_shipping \"perhaps\" is neither true nor false",
                "6 InvalidValue tax_class: tax_class \"Books & maps\" is not of small letters, digits and hyphens",
            ],
            await _desk.ErrorsAsync(import.Id)
        );
        Assert.Equal(["GC-6 books 10000000 true v1"], await SavedAsync("GC"));
    }

    [Fact]
    public async Task In_json_lines_yes_and_no_are_those_of_json()
    {
        const string Lines = """
            {"sku": "GD-1", "title": "Song", "list_price_gbp": 1, "weight_grams": 0, "requires_shipping": false}
            {"sku": "GD-2", "title": "Jug", "list_price_gbp": 4, "weight_grams": 900, "requires_shipping": true}
            {"sku": "GD-3", "title": true, "list_price_gbp": 4}
            """;
        var id = await _desk.StartAsync(
            await _desk.SendAsync(Encoding.UTF8.GetBytes(Lines), ImportFormat.JsonLines),
            ImportErrorPolicy.RefuseFailedRows
        );
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());

        Assert.Equal(["GD-1 - 0 false v1", "GD-2 - 900 true v1"], await SavedAsync("GD"));
        Assert.Equal(
            ["3 Unreadable : it is no JSON object of texts and numbers"],
            await _desk.ErrorsAsync(id)
        );
    }

    private async Task ImportAsync(string rows) =>
        Assert.Equal(ImportStatus.Done, (await _desk.ImportAsync(rows, ImportErrorPolicy.RefuseAll)).Status);

    private async Task<IReadOnlyList<string>> SavedAsync(string prefix) =>
        await shop.Get<Database<CatalogDb>>()
            .Primary.ListAsync(
                $"""
                select concat_ws(' ', v.sku, coalesce(p.tax_class, '-'), v.weight_grams,
                    case when v.requires_shipping then 'true' else 'false' end, 'v' || v.version)
                from catalog.product_variant v join catalog.product p on p.id = v.product_id
                where v.sku like {Sql.Value(prefix + "%")} order by v.sku
                """,
                row => row.GetString(0),
                CancellationToken.None
            );
}
