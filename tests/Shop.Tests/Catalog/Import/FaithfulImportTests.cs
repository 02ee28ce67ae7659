using System.Text;
using System.Text.Json;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Reading;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Catalog.Import;

/// <summary>An import writes what the file says, all of it and no more, and tells what it has not read.</summary>
public sealed class FaithfulImportTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly ImportDesk _desk = new(shop);

    [Theory]
    [InlineData(ImportErrorPolicy.RefuseAll)]
    [InlineData(ImportErrorPolicy.RefuseFailedRows)]
    public async Task Goods_are_saved_whatever_their_titles_mean(ImportErrorPolicy policy)
    {
        string[] titles =
        [
            "Brown Throw Pillows",
            "Ripped and damaged denim jeans",
            "Amazon Echo Dot",
            "\"Lost in translation, blu-ray\"",
            "Power Bank",
            "Wireless fast charge",
            "Mixed nuts",
            "Check shirt",
            "Gift voucher",
            "Postage",
        ];
        var rows = titles.Select((title, i) => $"FA-{(char)('A' + i)},{title},{i + 1}");

        var import = await _desk.ImportAsync("sku,title,list_price_gbp\n" + string.Join('\n', rows), policy);

        Assert.Equal((ImportStatus.Done, 10, 0), (import.Status, import.RowsSaved, import.RowsFailed));
        Assert.Equal(10, (await _desk.SkusAsync("FA-")).Count);
    }

    [Fact]
    public async Task What_costs_nothing_or_has_no_title_is_an_error_of_its_row()
    {
        var import = await _desk.ImportAsync(
            "sku,title,list_price_gbp\nFB1,,1\nFB2,Free thing,0\nFB 3,Cup,1\nFB4,Cup,1\n",
            ImportErrorPolicy.RefuseFailedRows
        );

        Assert.Equal((ImportStatus.Done, 4, 1), (import.Status, import.RowsRead, import.RowsSaved));
        Assert.Equal(
            [
                "2 Missing title: title has to have 1 to 200 characters",
                "3 InvalidValue list_price_gbp: list_price_gbp 0 is not more than zero, at most 1000000000, and no finer than GBP is",
                "4 InvalidValue sku: sku \"FB 3\" has a blank or a hidden character in it",
            ],
            await _desk.ErrorsAsync(import.Id)
        );
    }

    [Fact]
    public async Task All_that_the_file_says_of_a_product_is_what_is_saved()
    {
        await shop.CategoryAsync("Bath & Body", slug: "bath");
        var import = await _desk.ImportAsync(
            """"
            sku,title,list_price_gbp,description,brand,category,tags,stock,colour
            FC-1,iPhone 15 Pro (128GB),999,Made by hand,Acme,Phones > Smart,"New, Apple,new",0,red
            FC-2,M&M's (family pack),4,Sweets,Mars,Sweets,,7,blue
            FC-3,5* hotel towel!,10,Towel,,bath,,0,
            FC-4,H&M T-SHIRT,9,Shirt,H&M,,,0,
            FC-5,"LT GREY NAT OAK DES 5""",9,x,,,,,
            """",
            ImportErrorPolicy.RefuseAll
        );
        await new Saga(shop).SettleAsync();
        await shop.ReplicaCaughtUpAsync();

        Assert.Equal(ImportStatus.Done, import.Status);
        Assert.Equal(["colour"], import.ColumnsNotRead);
        Assert.Equal(
            [
                "FC-1: iPhone 15 Pro (128GB)|Made by hand|Acme|phones/smart|apple,new|0",
                "FC-2: M&M's (family pack)|Sweets|Mars|sweets||7",
                "FC-3: 5* hotel towel!|Towel||bath||0",
                "FC-4: H&M T-SHIRT|Shirt|H&M|||0",
                "FC-5: LT GREY NAT OAK DES 5\"|x||||10",
            ],
            await Task.WhenAll(Enumerable.Range(1, 5).Select(i => ToldAsync($"FC-{i}")))
        );
    }

    [Fact]
    public async Task What_a_file_does_not_tell_stays_as_staff_has_written_it()
    {
        await shop.CategoryAsync("Bench Lovers");
        await _desk.ImportAsync(
            "sku,title,list_price_gbp\nFD-1,Garden bench,50.00\n",
            ImportErrorPolicy.RefuseAll
        );
        await shop.ReplicaCaughtUpAsync();
        var made = await shop.AskAsync(
            Shelving.Keeper,
            "{ productVariant(by: {sku: \"FD-1\"}) { product { id } } }"
        );
        var words = new MugInput
        {
            Title = "Oak bench for two",
            Description = "Solid oak.",
            Tags = ["oak"],
            Brand = "Oakley",
            Category = new { slug = "bench-lovers" },
            Status = "ACTIVE",
            Variants = [MugVariant.Of("FD-1", "Red"), MugVariant.Of("FD-2", "Blue") with { Price = "40.00" }],
        }.Again(made.GetProperty("productVariant").GetProperty("product"));
        await shop.SavedAsync(words);

        var import = await _desk.ImportAsync(
            "sku,title,list_price_gbp\nFD-1,Garden bench,48.00\n",
            ImportErrorPolicy.RefuseAll
        );
        await shop.ReplicaCaughtUpAsync();

        Assert.Equal(ImportStatus.Done, import.Status);
        Assert.StartsWith("FD-1: Garden bench|Solid oak.|Oakley|bench-lovers|oak|", await ToldAsync("FD-1"));
        Assert.Equal(
            """[{"sku":"FD-1","title":"Red","price":{"amount":"48.00"},"selectedOptions":[{"value":"Red"}]},{"sku":"FD-2","title":"Blue","price":{"amount":"40.00"},"selectedOptions":[{"value":"Blue"}]}]""",
            $"{await VariantsAsync("FD-1")}"
        );
        Assert.Equal(
            1,
            await _desk.CountAsync(
                "select count(*) from catalog.product where code = 'FD-1' and price_from_minor = 4000 and version = 3"
            )
        );
    }

    [Fact]
    public async Task A_category_that_staff_has_renamed_or_moved_is_found_again_and_left_so()
    {
        const string File =
            "sku,title,category,list_price_gbp\nFE-1,Lamp,Lights,1\nFE-2,Torch,Lights > Hand,1\n";
        await _desk.ImportAsync(File, ImportErrorPolicy.RefuseAll);
        await shop.ReplicaCaughtUpAsync();
        var lights = await shop.AskAsync(Askers.Guest, "{ category(by: {slug: \"lights\"}) { id } }");
        await shop.CategoryAsync("Lighting", id: lights.GetProperty("category").Id());

        var import = await _desk.ImportAsync(File, ImportErrorPolicy.RefuseAll);

        Assert.Equal(new Tally(Added: 0, Changed: 0, Unchanged: 2), import.Products);
        Assert.Equal(
            1,
            await _desk.CountAsync("select count(*) from catalog.category where title = 'Lighting'")
        );
        Assert.Equal(
            0,
            await _desk.CountAsync("select count(*) from catalog.category where title = 'Lights'")
        );
    }

    [Fact]
    public async Task Categories_of_one_title_below_others_are_not_mixed_up()
    {
        await _desk.ImportAsync(
            "sku,title,category,list_price_gbp\nFF-1,Lamp,Hall > Lamps,1\nFF-2,Lamp,Yard > Lamps,1\nFF-3,Lamp,hall > lamps,1\n",
            ImportErrorPolicy.RefuseAll
        );
        await shop.ReplicaCaughtUpAsync();

        Assert.Contains("|hall/lamps|", await ToldAsync("FF-1"), StringComparison.Ordinal);
        Assert.Contains("|yard/lamps-yard|", await ToldAsync("FF-2"), StringComparison.Ordinal);
        Assert.Contains("|hall/lamps|", await ToldAsync("FF-3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_category_too_many_costs_its_row()
    {
        var rows = Enumerable.Range(1, 201).Select(i => $"FG{i:000},Cup,Crowd > Shelf {i},1");
        var import = await _desk.ImportAsync(
            "sku,title,category,list_price_gbp\n" + string.Join('\n', rows),
            ImportErrorPolicy.RefuseFailedRows
        );

        Assert.Equal((200, 1), (import.RowsSaved, import.RowsFailed));
        Assert.Equal(
            ["202 InvalidValue category: at most 200 categories stand right below one"],
            await _desk.ErrorsAsync(import.Id)
        );
    }

    [Fact]
    public async Task Prices_of_another_currency_are_refused()
    {
        var import = await _desk.ImportAsync(
            "sku,title,list_price_usd\nFH-1,Cup,1.00\n",
            ImportErrorPolicy.RefuseFailedRows
        );

        Assert.Equal(ImportStatus.Refused, import.Status);
        Assert.Equal(
            ["1 Header list_price_gbp: there is no column list_price_gbp, and this shop sells in GBP"],
            await _desk.ErrorsAsync(import.Id)
        );
    }

    [Fact]
    public async Task Limits_and_forms_bind_only_the_columns_that_are_read()
    {
        var html = string.Concat(Enumerable.Repeat("<p>text</p>", 20_000));
        var csv = await _desk.ImportAsync(
            $"sku,title,list_price_gbp,body,list_price_usd,body\nFI1,Jug,1,\"{html}\",x,\uFFFD\nFI2,Jug,1,short,,\n",
            ImportErrorPolicy.RefuseAll
        );
        const string Lines = """
            {"sku": "FI3", "title": "Jug", "list_price_gbp": 1, "tags": "a", "images": ["a"], "new": true, "new": {}}
            {"sku": "FI4", "title": ["Jug"], "list_price_gbp": 1}
            """;
        var id = await _desk.StartAsync(
            await _desk.SendAsync(Encoding.UTF8.GetBytes(Lines), ImportFormat.JsonLines),
            ImportErrorPolicy.RefuseFailedRows
        );
        await ImportDesk.WorkAsync(shop.Get<RunNextImport>());

        Assert.Equal((ImportStatus.Done, 2), (csv.Status, csv.RowsSaved));
        Assert.Equal(["body", "list_price_usd"], csv.ColumnsNotRead);
        Assert.Equal(["images", "new"], (await _desk.FindAsync(id)).ColumnsNotRead);
        Assert.Equal(["FI1", "FI2", "FI3"], await _desk.SkusAsync("FI"));
        Assert.Equal(
            ["2 Unreadable : it is no JSON object of texts and numbers"],
            await _desk.ErrorsAsync(id)
        );
    }

    [Fact]
    public async Task Skus_of_one_product_are_told_apart_by_its_option_or_by_their_titles()
    {
        var import = await _desk.ImportAsync(
            """
            sku,product_code,title,option,option_value,list_price_gbp
            FJ1,FJ,Mug,Colour,Red,1
            FJ2,FJ,Mug,Colour,Red,1
            FJ3,FJ,Mug,Size,Large,1
            FJ4,FJ,Mug,Colour,,1
            FJ5,FJ,Mug,Colour,Blue,2
            FK1,FK,Tray red,,,1
            FK2,FK,Tray blue,,,1
            FL1,FL,Tray,,,1
            FL2,FL,Tray,,,1
            """,
            ImportErrorPolicy.RefuseFailedRows
        );
        await shop.ReplicaCaughtUpAsync();

        Assert.Equal(
            [
                "3 InvalidValue option_value: the choice Red stands on line 2 already",
                "4 InvalidValue option: another row of the product FJ has another option, or none",
                "5 Missing option_value: option and option_value are both there or neither",
            ],
            await _desk.ErrorsAsync(import.Id)
        );
        Assert.Equal(["Red", "Blue"], (await VariantsAsync("FJ1")).Texts("title"));
        Assert.Equal(["Tray red", "Tray blue"], (await VariantsAsync("FK1")).Texts("title"));
        Assert.Equal(["FL1", "FL2"], (await VariantsAsync("FL1")).Texts("title"));
    }

    [Fact]
    public async Task A_new_sku_of_a_product_that_is_there_tells_its_option_and_comes_last()
    {
        await _desk.ImportAsync(
            "sku,product_code,title,option,option_value,list_price_gbp\nFM1,FM,Mug,Colour,Red,1\nFM2,FM,Mug,Colour,Blue,1\n",
            ImportErrorPolicy.RefuseAll
        );
        var untold = await _desk.ImportAsync(
            "sku,product_code,title,list_price_gbp\nFM3,FM,Mug,1\n",
            ImportErrorPolicy.RefuseFailedRows
        );
        var other = await _desk.ImportAsync(
            "sku,product_code,title,option,option_value,list_price_gbp\nFM3,FM,Mug,Size,Large,1\n",
            ImportErrorPolicy.RefuseFailedRows
        );
        await _desk.ImportAsync(
            "sku,product_code,title,option,option_value,list_price_gbp\nFM3,FM,Mug,Colour,Green,1\n",
            ImportErrorPolicy.RefuseAll
        );
        await shop.ReplicaCaughtUpAsync();

        Assert.StartsWith("2 Missing option:", Assert.Single(await _desk.ErrorsAsync(untold.Id)));
        Assert.StartsWith("2 InvalidValue option:", Assert.Single(await _desk.ErrorsAsync(other.Id)));
        Assert.Equal(["Red", "Blue", "Green"], (await VariantsAsync("FM1")).Texts("title"));
        Assert.Equal(
            1,
            await _desk.CountAsync(
                """
                select count(*) from catalog.product
                where code = 'FM' and options = '[{"name": "Colour", "values": ["Red", "Blue", "Green"]}]'
                """
            )
        );
    }

    private async Task<string> ToldAsync(string sku)
    {
        var product = await ProductAsync(
            sku,
            "title description brand tags category { slug parent { slug } } variants { nodes { availability { available } } }"
        );
        var category = product.GetProperty("category");
        string?[] path =
            category.ValueKind == JsonValueKind.Null
                ? []
                :
                [
                    category.GetProperty("parent") is { ValueKind: JsonValueKind.Object } parent
                        ? parent.GetProperty("slug").GetString()
                        : null,
                    category.GetProperty("slug").GetString(),
                ];
        return string.Join(
            '|',
            $"{sku}: {product.GetProperty("title")}",
            product.GetProperty("description"),
            product.GetProperty("brand"),
            string.Join('/', path.OfType<string>()),
            string.Join(',', product.GetProperty("tags").EnumerateArray()),
            product
                .GetProperty("variants")
                .GetProperty("nodes")[0]
                .GetProperty("availability")
                .GetProperty("available")
        );
    }

    private async Task<JsonElement> VariantsAsync(string sku) =>
        (
            await ProductAsync(
                sku,
                "variants { nodes { sku title price { amount } selectedOptions { value } } }"
            )
        )
            .GetProperty("variants")
            .GetProperty("nodes");

    private async Task<JsonElement> ProductAsync(string sku, string fields) =>
        (
            await shop.AskAsync(
                Askers.Guest,
                $$"""query ($sku: String!) { productVariant(by: {sku: $sku}) { product { {{fields}} } } }""",
                new { sku }
            )
        )
            .GetProperty("productVariant")
            .GetProperty("product");
}
