using Shop.Load.Client;

namespace Shop.Tests.Load;

public sealed class ShelfTests
{
    private static readonly KnownSku[] _skus =
    [
        new("FEW", 10),
        new("NONE", 0),
        new("MANY", 60),
        new("SOME", 30),
    ];

    [Fact]
    public void Each_sku_is_bought_as_often_as_its_stock_allows()
    {
        var shelf = new Shelf(_skus);

        var bought = Enumerable.Range(0, 100).CountBy(shelf.At).ToDictionary();

        Assert.InRange(bought["FEW"], 9, 11);
        Assert.InRange(bought["MANY"], 59, 61);
        Assert.InRange(bought["SOME"], 29, 31);
        Assert.False(bought.ContainsKey("NONE"));
    }

    [Fact]
    public void The_only_sku_is_what_everybody_buys()
    {
        var shelf = new Shelf([new("TEAPOT", 3)]);

        Assert.Equal(["TEAPOT", "TEAPOT"], [shelf.At(0), shelf.At(12_345)]);
    }
}
