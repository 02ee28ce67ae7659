using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Catalog.Import.Reading;
using Shop.Data.Storage;

namespace Shop.Tests.Catalog;

/// <summary>The catalogue that comes with the shop, loaded whole.</summary>
public sealed class SampleCatalogTests(SampleShop sample) : IClassFixture<SampleShop>
{
    [Fact]
    public void Every_row_and_every_column_is_loaded()
    {
        Assert.Equal(new Tally(Added: 3297, Changed: 0, Unchanged: 0), sample.Report.Products);
        Assert.Equal(new Tally(Added: 3807, Changed: 0, Unchanged: 0), sample.Report.Variants);
        Assert.Equal(0, sample.Report.FaultCount);
        Assert.Empty(sample.Report.ColumnsNotRead);
    }

    [Fact]
    public async Task It_is_loaded_once()
    {
        Assert.Null(await sample.LoadAsync());
    }

    [Fact]
    public async Task Loading_its_file_again_changes_nothing()
    {
        await using var file = SampleCatalog.Open();
        var report = await sample.Shop.Get<ImportCatalog>().RunAsync(file, ImportFormat.Csv, default);

        Assert.Equal(new Tally(Added: 0, Changed: 0, Unchanged: 3297), report.Products);
        Assert.Equal(new Tally(Added: 0, Changed: 0, Unchanged: 3807), report.Variants);
    }

    [Fact]
    public void Every_sku_opens_with_nine_tenths_of_what_it_sold_and_at_least_ten()
    {
        Assert.Equal(3807, sample.Stock.Count);
        Assert.Equal(2638, sample.Stock["15056BL"]);
        Assert.Equal(10, sample.Stock["20954"]);
    }

    [Fact]
    public async Task The_letters_of_a_key_ring_are_its_variants()
    {
        var ring = await FindAsync("90214");

        Assert.Equal("Bling Key Ring", ring.Title);
        Assert.Equal("bling-key-ring", ring.Slug);
        Assert.Equal("Letter", Assert.Single(ring.Options).Name);
        Assert.Equal(24, ring.Variants.Count);
        var a = ring.Variants[0];
        Assert.Equal(("90214A", "A"), (a.Sku, a.SelectedOptions[0].Value));
        Assert.Equal("A", a.Title);
    }

    [Fact]
    public async Task Few_products_find_no_shelf_of_their_own()
    {
        await using var db = sample.Shop.Get<Database<CatalogDb>>().OpenPrimary();
        var shares = await db
            .Categories.Where(root => root.ParentId == null)
            .Select(root => new
            {
                root.Title,
                Products = db.Products.Count(product =>
                    db.Categories.Any(shelf =>
                        shelf.Id == product.CategoryId && shelf.Path[0] == root.Path[0]
                    )
                ),
            })
            .ToDictionaryAsync(root => root.Title, root => root.Products);

        Assert.Equal(14, shares.Count);
        Assert.Equal(3297, shares.Values.Sum());
        Assert.InRange(shares["More Gifts"], 0, 3297 * 2 / 100);
    }

    [Fact]
    public async Task Two_products_of_one_title_have_an_address_each()
    {
        Assert.Equal("4-dinner-candles", (await FindAsync("72800")).Slug);
        Assert.Equal("4-dinner-candles-72801", (await FindAsync("72801")).Slug);
    }

    private async Task<Product> FindAsync(string code)
    {
        await using var db = sample.Shop.Get<Database<CatalogDb>>().OpenPrimary();
        return await db
            .Products.Include(product => product.Variants.OrderBy(variant => variant.Position))
            .SingleAsync(product => product.Code == code);
    }
}
