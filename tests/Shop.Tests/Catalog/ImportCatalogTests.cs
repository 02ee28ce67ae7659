using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog;

/// <summary>Loading files that people wrote.</summary>
public sealed class ImportCatalogTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private const string Header = "sku,product_code,title,list_price_gbp,units_sold,first_sold_on\n";

    [Fact]
    public async Task A_row_that_cannot_be_read_is_reported_with_its_line_and_the_rest_load()
    {
        var report = await CsvAsync(
            """
            A1,A1,GOOD ONE,1.50,10,2010-12-01
            A2,A2,HALF A PENNY,0.005,10,2010-12-01
            A3,A3,TOO FEW
            A4,A4,"A TITLE
            OF TWO LINES",2.00,10,2010-12-01
            A5,A5,NO DAY,2.00,10,yesterday
            A6,A6,NO NUMBER,2.00,many,
            A7,A7,NO PRICE,,1,
            ,A8,NO SKU,1.00,1,
            A9,A9,BROKEN "QUOTE" HERE,1.00,1,
            A1,A1,GOOD ONE AGAIN,1.50,10,
            A10,A10,LAST GOOD ONE,3.00,,
            """
        );

        Assert.Equal(
            [
                "3: list_price_gbp 0.005 is not more than zero, at most 1000000000, and no finer than GBP is",
                "4: it has 3 columns, the header 6",
                "5: title has to be one line of text without hidden characters",
                "7: first_sold_on \"yesterday\" is no day such as 2010-12-01",
                "8: units_sold \"many\" is no whole number",
                "9: list_price_gbp \"\" is no price such as 12.90",
                "10: sku has to have 1 to 64 characters",
                "11: a quote stands where none may be; inside quotes, write it twice",
                "12: the SKU A1 stands on line 2 already",
            ],
            report.Faults.Select(fault => $"{fault.Line}: {fault.Message}")
        );
        Assert.Equal(2, report.Products.Added);
        Assert.Equal("GOOD ONE", (await FindAsync("A1")).Title);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_what_follows_it_and_says_so()
    {
        var report = await CsvAsync(
            $"B1,B1,BEFORE,1.00,1,\nB2,B2,\"NEVER CLOSED,1.00,1,\n{string.Concat(Enumerable.Repeat("ROW,ROW,CUP,1.00,1,\n", 60_000))}"
        );

        Assert.Equal(1, report.Products.Added);
        var fault = Assert.Single(report.Faults);
        Assert.Equal(3, fault.Line);
        Assert.StartsWith("a field is very long", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gzipped_file_of_json_lines_loads_as_well()
    {
        const string Lines = """
            {"title": "Mug", "sku": "C1R", "product_code": "C1", "option": "Colour", "option_value": "Red", "list_price_gbp": 4.5}
            {"title": "Mug", "sku": "C1B", "product_code": "C1", "option": "Colour", "option_value": "Blue", "list_price_gbp": "4.95", "units_sold": null}

            not json
            {"title": "NO MONEY", "sku": "C2", "list_price_eur": 1}
            {"title": ["LIST"], "sku": "C3"}
            [1]
            """;
        var report = await ImportAsync(Gzip(Lines), ImportFormat.JsonLines);

        Assert.Equal(new Tally(Added: 2, Changed: 0, Unchanged: 0), report.Variants);
        Assert.Equal(
            [
                "4: it is no JSON",
                "5: there is no list_price_gbp, and this shop sells in GBP",
                "6: it is no JSON object of texts and numbers",
                "7: it is no JSON object of texts and numbers",
            ],
            report.Faults.Select(fault => $"{fault.Line}: {fault.Message}")
        );
        var mug = await FindAsync("C1");
        Assert.Equal(("Mug", 450L), (mug.Title, mug.PriceFromMinor));
        Assert.Equal(["GBP 450 Red", "GBP 495 Blue"], mug.Variants.Select(Describe));
    }

    [Fact]
    public async Task Columns_may_stand_in_any_order_after_a_byte_order_mark()
    {
        var file = Encoding.UTF8.GetBytes(
            "\uFEFFTitle, SKU ,List_Price_GBP\n\"CAFÉ \"\"NOIR\"\" CUP\",D1,500\n"
        );
        var report = await ImportAsync(file, ImportFormat.Csv);

        Assert.Empty(report.Faults);
        var cup = await FindAsync("D1");
        Assert.Equal("CAFÉ \"NOIR\" CUP", cup.Title);
        Assert.Equal("cafe-noir-cup", cup.Slug);
    }

    [Fact]
    public async Task Text_that_is_no_utf8_is_refused_row_by_row()
    {
        var file = Encoding.Latin1.GetBytes(Header + "E1,E1,CAFÉ,1.00,1,\nE2,E2,TEA,1.00,1,\n");
        var report = await ImportAsync(file, ImportFormat.Csv);

        var fault = Assert.Single(report.Faults);
        Assert.Equal((2, "title", "it is not UTF-8"), (fault.Line, fault.Field, fault.Message));
        Assert.Equal(1, report.Products.Added);
    }

    [Fact]
    public async Task A_version_rises_only_where_something_changed()
    {
        const string Rows = "F1A,F1,LAMP RED,1.00,1,\nF1B,F1,LAMP BLUE,1.00,1,\nF2,F2,CHAIR,9.00,1,\n";
        await CsvAsync(Rows);
        var report = await CsvAsync(
            Rows.Replace("LAMP BLUE,1.00", "LAMP BLUE,1.20", StringComparison.Ordinal)
        );

        Assert.Equal(new Tally(Added: 0, Changed: 0, Unchanged: 2), report.Products);
        Assert.Equal(new Tally(Added: 0, Changed: 1, Unchanged: 2), report.Variants);
        var lamp = await FindAsync("F1");
        Assert.Equal(2, lamp.Version);
        Assert.Equal([1, 2], lamp.Variants.Select(variant => variant.Version));
        Assert.Equal(1, (await FindAsync("F2")).Version);
    }

    [Fact]
    public async Task A_quote_that_is_closed_far_below_is_guessed_from_the_number_of_columns()
    {
        var report = await CsvAsync(
            "G1,G1,\"OPEN,1.00,1,\nG2,G2,CUP,1.00,1,\n\",1.00,1,,,,,\nG3,G3,JUG,1.00,1,\n"
        );

        Assert.Equal(1, report.Products.Added);
        var fault = Assert.Single(report.Faults);
        Assert.Equal(
            (2, "it has 10 columns, the header 6, up to line 4: is a quote not closed?"),
            (fault.Line, fault.Message)
        );
    }

    private Task<ImportReport> CsvAsync(string rows) =>
        ImportAsync(Encoding.UTF8.GetBytes(Header + rows), ImportFormat.Csv);

    private async Task<ImportReport> ImportAsync(byte[] file, ImportFormat format)
    {
        await using var stream = new MemoryStream(file);
        return await shop.Get<ImportCatalog>().RunAsync(stream, format, CancellationToken.None);
    }

    private async Task<Product> FindAsync(string code)
    {
        await using var db = shop.Get<Database<CatalogDb>>().OpenPrimary();
        return await db
            .Products.Include(product => product.Variants.OrderBy(variant => variant.Position))
            .SingleAsync(product => product.Code == code);
    }

    private static string Describe(ProductVariant variant) =>
        $"{variant.Currency} {variant.PriceMinor} {variant.SelectedOptions[0].Value}";

    private static byte[] Gzip(string text)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return file.ToArray();
    }
}
