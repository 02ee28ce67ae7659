using Shop.Data.Cache;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Storage;

namespace Shop.Tests.Cache;

/// <summary>What a node knows of changes.</summary>
public sealed class FloorTests(CacheShop shop) : IClassFixture<CacheShop>
{
    [Fact]
    public void What_one_node_writes_another_hears_and_nothing_is_lowered()
    {
        var floors = new Floors();
        floors.Hear(Floors.Write([Floors.Tree, Floors.Of(new ProductId(3))], 7));
        floors.Hear(Floors.Write([Floors.Tree], 5));

        Assert.Equal((7, 7, 0), (floors.Of(Floors.Tree), floors.Of("p3"), floors.Of("p4")));
        Assert.Equal(7, floors.Highest);
    }

    [Fact]
    public void A_node_that_has_heard_of_too_many_takes_all_for_changed()
    {
        var floors = new Floors();
        floors.Raise(Enumerable.Range(0, 100_001).Select(number => $"p{number}"), 9);

        Assert.Equal(9, floors.Of("never heard of"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_that_is_told_twice_raises_its_floor_and_who_heard_nothing_reads_the_new_row(
        bool isReal
    )
    {
        using var node = shop.Node(isReal);
        using var late = shop.Node(isReal);
        var product = shop.Products[^3];
        var primary = shop.Shop.Get<Database<CatalogDb>>().Primary;
        var first = await node.ChangeAsync(product, "First");
        await node.Raise.RunAsync(primary, [Floors.Of(product)], CancellationToken.None);

        Assert.True(node.Floors.Highest > first);
        Assert.Equal("First", (await late.ReadAsync(product))!.Title);
    }
}
