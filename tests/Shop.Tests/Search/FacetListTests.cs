using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;

namespace Shop.Tests.Search;

/// <summary>What of the facets a page shows.</summary>
public sealed class FacetListTests
{
    private static readonly FacetName _brand = new(FacetKind.Brand);

    [Fact]
    public void Values_come_by_their_counts_and_those_of_one_count_by_name()
    {
        var brand = Assert.Single(Facets(["B", "A", "C", "B"]));

        Assert.Equal(["B 2", "A 1", "C 1"], brand.Values.Select(value => $"{value.Value} {value.Count}"));
        Assert.Equal(0, brand.OtherCount);
    }

    [Fact]
    public void Of_many_fifty_are_shown_and_what_is_ticked_though_nobody_has_it()
    {
        string[] brands = [.. Enumerable.Range(100, 60).Select(number => $"{number}")];

        var brand = Assert.Single(
            Facets(
                brands,
                new FacetTick(_brand, ["159", "gone"], new SearchCondition.Brands(["159", "gone"]))
            )
        );

        Assert.Equal(FacetList.MaxValues + 2, brand.Values.Count);
        Assert.Equal(9, brand.OtherCount);
        Assert.Equal(
            ["159 1", "gone 0"],
            brand.Values.Where(value => value.IsTicked).Select(value => $"{value.Value} {value.Count}")
        );
    }

    private static IReadOnlyList<FacetList> Facets(string[] brands, params FacetTick[] ticks)
    {
        ColumnProduct[] products =
        [
            .. brands
                .Index()
                .Select(each => new ColumnProduct(
                    new(each.Index + 1),
                    [new(_brand, each.Item)],
                    [new(new(each.Index + 1), new(100, "GBP"), 1, [])]
                )),
        ];
        var columns = SearchColumns.Empty(new()).With(products);
        var query = new SearchQuery(
            Text: null,
            new SearchCondition.All([]),
            new(SearchOrderField.Popularity, IsReversed: false)
        )
        {
            Ticks = ticks,
        };
        return FacetList.Of(new FacetWalk(columns, query).Over(columns.All), query);
    }
}
