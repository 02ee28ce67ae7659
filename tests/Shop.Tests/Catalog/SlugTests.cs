using Microsoft.EntityFrameworkCore;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Import;
using Shop.Data.Storage;
using Shop.Tests.Catalog.Import;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Catalog;

/// <summary>Addresses that are made of titles, whoever makes them.</summary>
public sealed class SlugTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    private readonly ImportDesk _desk = new(shop);

    [Theory]
    [InlineData("Crème Brûlée Set", "creme-brulee-set")]
    [InlineData("Doctor's Bag 3/4", "doctors-bag-3-4")]
    [InlineData("Doctor’s  -- Bag!", "doctors-bag")]
    [InlineData("ŁÓDŹ l żółć", "lodz-l-zolc")]
    [InlineData("İstanbul çay bardağı", "istanbul-cay-bardagi")]
    [InlineData("Cà phê sữa đá", "ca-phe-sua-da")]
    [InlineData("Příliš žluťoučký kůň", "prilis-zlutoucky-kun")]
    [InlineData("Țesătură, Ősz", "tesatura-osz")]
    [InlineData("Cafe\u0301", "cafe")]
    [InlineData("Straße Ærø Œuvre", "strasse-aero-oeuvre")]
    [InlineData("Кружка синяя", "kruzhka-sinyaya")]
    [InlineData("Τσαγιέρα", "tsagiera")]
    [InlineData("茶壶", "chahu")]
    [InlineData("🍎", "apple")]
    [InlineData("  -- ", "")]
    public void A_slug_has_small_letters_of_ascii_and_single_hyphens(string title, string slug)
    {
        Assert.Equal(slug, SlugOf.Title(title));
    }

    [Fact]
    public void A_title_of_no_letters_leaves_the_code_and_the_id_and_a_long_one_leaves_room_for_them()
    {
        Assert.Equal(["a-1", "7"], SlugOf.Product("!?", "A 1", 7));
        Assert.Equal(["7"], SlugOf.Product("!?", "--", 7));
        Assert.Equal(["tea", "tea-a-1", "tea-7"], SlugOf.Product("Tea", "A 1", 7));
        var longest = SlugOf.Product(new('字', 200), new('字', 64), long.MaxValue);
        Assert.Equal(3, longest.Count);
        Assert.All(longest, slug => Assert.InRange(slug.Length, 120, 200));
    }

    [Fact]
    public async Task Import_product_and_category_of_one_title_have_one_slug()
    {
        await _desk.ImportAsync(
            "sku,title,list_price_gbp\nSA1,Кружка синяя,5.00\nSA2,Чайник,7.00\n",
            ImportErrorPolicy.RefuseAll
        );
        await shop.CategoryAsync("Чайник");
        var saved = await shop.SavedAsync(Shelving.Mug() with { Title = "Чайник!" });

        Assert.Equal(["kruzhka-sinyaya", "chaynik"], await SlugsAsync("SA1", "SA2"));
        Assert.StartsWith("chaynik-mug-", saved.GetProperty("slug").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            1,
            await _desk.CountAsync("select count(*) from catalog.category where slug = 'chaynik'")
        );
    }

    [Theory]
    [InlineData("SB1,Pot,1\nSB2,Pot,1\nSB3,Pot SB2,1")]
    [InlineData("SC1,Vase SC3,1\nSC2,Vase,1\nSC3,Vase,1")]
    [InlineData("SD1,Ürn,1\nSD2,Urn,1\nSD3,urn sd2!,1")]
    [InlineData("SE1,!,1\nSE2,SE1,1\nSE3,?,1")]
    public async Task Products_of_one_title_or_of_one_anothers_slugs_have_three_slugs(string rows)
    {
        var import = await _desk.ImportAsync(
            "sku,title,list_price_gbp\n" + rows,
            ImportErrorPolicy.RefuseAll
        );

        Assert.Equal(ImportStatus.Done, import.Status);
        var slugs = await SlugsAsync([.. rows.Split('\n').Select(row => row[..3])]);
        Assert.Equal(3, slugs.Distinct().Count());
        Assert.All(slugs, Assert.NotEmpty);
    }

    private async Task<IReadOnlyList<string>> SlugsAsync(params string[] codes)
    {
        await using var db = shop.Get<Database<CatalogDb>>().OpenPrimary();
        return await db
            .Products.Where(product => codes.Contains(product.Code))
            .OrderBy(product => product.Code)
            .Select(product => product.Slug)
            .ToListAsync();
    }
}
