using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;

namespace Shop.Tests.Search;

/// <summary>A facet's count is what a click on it would find: compared with looking at each SKU of shops made by chance.</summary>
public sealed class FacetWalkTests
{
    private static readonly FacetName _brand = new(FacetKind.Brand);
    private static readonly FacetName _tag = new(FacetKind.Tag);
    private static readonly FacetName _colour = new(FacetKind.Option, "Colour");
    private static readonly FacetName _size = new(FacetKind.Option, "Size");

    private static readonly FacetName _stock = new(FacetKind.Availability);

    private static readonly StockRange[] _levels = [new("IN", 1, int.MaxValue), new("OUT", int.MinValue, 0)];

    private static readonly FacetTerm[] _terms =
    [
        .. Terms(_brand, "Potter", "Rosa", "Bialetti"),
        .. Terms(_tag, "gift", "tea", "new"),
        .. Terms(_colour, "Red", "Blue", "Green"),
        .. Terms(_size, "S", "M"),
        .. Terms(_stock, "IN", "OUT"),
    ];

    [Fact]
    public void A_count_is_what_a_click_would_find()
    {
        var random = new Random(15);
        for (var run = 0; run < 2_000; run++)
        {
            var products = Enumerable.Range(1, random.Next(1, 40)).Select(id => Product(id, random)).ToList();
            var ticks = Ticks(random).ToList();
            var about = Tick(_size, Any(_size, random).Value);
            var columns = Columns(products);

            Assert.Equal(Found(products, [.. ticks, about]), Hits(columns, ticks, about.Condition));
            Assert.All(
                _terms,
                term =>
                    Assert.Equal(
                        Found(products, [.. Clicked(ticks, term), about]),
                        Count(columns, term, ticks, about.Condition)
                    )
            );
        }
    }

    [Fact]
    public void A_changed_product_counts_as_it_is_and_a_reader_of_before_sees_what_was()
    {
        var before = Columns([Sold(1, "Red"), Sold(2, "Red")]);

        var after = before.With([Sold(2, "Blue"), Sold(3, "Red")]);

        Assert.Equal(2, Count(before, new(_colour, "Red"), []));
        Assert.Equal(2, Count(after, new(_colour, "Red"), []));
        Assert.Equal(1, Count(after, new(_colour, "Blue"), []));
        Assert.Equal(2, Hits(after.With([new(new(2), [], [])]), []));
    }

    [Fact]
    public void Products_of_many_blocks_are_all_counted()
    {
        var products = Enumerable.Range(1, 3 * ColumnBlock.Size + 7).Select(id => Sold(id, "Red")).ToList();
        var columns = products
            .Chunk(500)
            .Aggregate(SearchColumns.Empty(new()), (made, part) => made.With(part));

        Assert.Equal(products.Count, Count(columns, new(_colour, "Red"), []));
    }

    private static SearchColumns Columns(List<ColumnProduct> products) =>
        // In two steps, of which the second writes some anew.
        SearchColumns.Empty(new()).With([.. products.Take(products.Count / 2)]).With(products);

    private static SearchQuery Query(IReadOnlyList<FacetTick> ticks, SearchCondition? where) =>
        new(
            Text: null,
            where ?? new SearchCondition.All([]),
            new(SearchOrderField.Popularity, IsReversed: false)
        )
        {
            Ticks = ticks,
            Levels = _levels,
            Currency = "GBP",
        };

    private static int Hits(
        SearchColumns columns,
        IReadOnlyList<FacetTick> ticks,
        SearchCondition? where = null
    ) =>
        HitWalk
            .Over(
                columns.All.Select(place => (place, 0)),
                SkuTests.Of(Query(ticks, where).Condition, columns.Terms)
            )
            .Count;

    private static int Count(
        SearchColumns columns,
        FacetTerm term,
        IReadOnlyList<FacetTick> ticks,
        SearchCondition? where = null
    )
    {
        var walk = new FacetWalk(columns, Query(ticks, where)).Over(columns.All);
        return Array.IndexOf(walk.Terms, term) is >= 0 and var number ? walk.Counts[number] : 0;
    }

    private static List<FacetTick> Clicked(IEnumerable<FacetTick> ticks, FacetTerm term) =>
        [.. ticks.Where(tick => tick.Facet != term.Facet), Tick(term.Facet, term.Value)];

    private static FacetTick Tick(FacetName facet, params string[] values) =>
        new(
            facet,
            values,
            facet.Kind switch
            {
                FacetKind.Brand => new SearchCondition.Brands(values),
                FacetKind.Tag => new SearchCondition.Tags(values),
                FacetKind.Option => new SearchCondition.Options(facet.Name, values),
                FacetKind.Availability => new SearchCondition.Any([
                    .. from level in _levels
                    where values.Contains(level.Name)
                    select new SearchCondition.Units(level.From, level.To),
                ]),
                _ => throw new ArgumentOutOfRangeException(nameof(facet)),
            }
        );

    private static int Found(IEnumerable<ColumnProduct> products, IReadOnlyList<FacetTick> ticks) =>
        products.Count(product => product.Skus.Any(sku => ticks.All(tick => Meets(product, sku, tick))));

    private static bool Meets(ColumnProduct product, ColumnSku sku, FacetTick tick) =>
        tick.Condition switch
        {
            SearchCondition.Price price => sku.Price.Minor >= price.From && sku.Price.Minor <= price.To,
            SearchCondition.Any => _levels.Any(level =>
                tick.Values.Contains(level.Name) && sku.Available >= level.From && sku.Available <= level.To
            ),
            _ => product
                .Terms.Concat(sku.Terms)
                .Any(term => term.Facet == tick.Facet && tick.Values.Contains(term.Value)),
        };

    private static ColumnProduct Sold(long id, string colour = "Red") =>
        new(new(id), [], [new(new(id), new(100, "GBP"), 1, [new(_colour, colour)])]);

    private static ColumnProduct Product(int id, Random random) =>
        new(
            new(id),
            [.. _terms.Where(term => (term.Facet == _brand || term.Facet == _tag) && random.Next(2) == 0)],
            [
                .. Enumerable
                    .Range(0, random.Next(4))
                    .Select(sku => new ColumnSku(
                        new(10 * id + sku),
                        new(100 * random.Next(1, 10), "GBP"),
                        random.Next(3),
                        [Any(_colour, random), Any(_size, random)]
                    )),
            ]
        );

    private static IEnumerable<FacetTick> Ticks(Random random)
    {
        foreach (var facet in new[] { _brand, _tag, _colour, _size, _stock }.Where(_ => random.Next(2) == 0))
        {
            yield return Tick(
                facet,
                [
                    .. _terms
                        .Where(term => term.Facet == facet && random.Next(2) == 0)
                        .Select(term => term.Value),
                ]
            );
        }

        if (random.Next(2) == 0)
        {
            yield return new(
                new(FacetKind.Price),
                [],
                new SearchCondition.Price("GBP", 200, 100 * random.Next(2, 10))
            );
        }
    }

    private static FacetTerm Any(FacetName facet, Random random)
    {
        FacetTerm[] terms = [.. _terms.Where(term => term.Facet == facet)];
        return terms[random.Next(terms.Length)];
    }

    private static IEnumerable<FacetTerm> Terms(FacetName facet, params string[] values) =>
        values.Select(value => new FacetTerm(facet, value));
}
