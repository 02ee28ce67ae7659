using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Catalog;
using Shop.Data.Kernel;
using Shop.Data.Search;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Elastic;
using Shop.Data.Search.Finding;
using Shop.Data.Search.Tables;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Search;

/// <summary>
/// What is found by what is typed, filtered and ticked: the rows of <c>Expectations.md</c>, on each store of the index. Where stores
/// differ, a store is wrong.
/// </summary>
public sealed class SearchExpectations(ExpectedShop shop) : IClassFixture<ExpectedShop>
{
    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Expected.All.Count)];

    [Fact]
    public void They_are_many() => Assert.InRange(Expected.All.Count, 120, 1_000);

    [Theory, MemberData(nameof(Rows))]
    public Task Tables_find(int row) => FindsAsync<TableSearch>(row);

    [Theory, MemberData(nameof(Rows))]
    public Task Elasticsearch_finds(int row)
    {
        ElasticServer.Need();
        return FindsAsync<ElasticSearch>(row);
    }

    [Fact]
    public async Task Both_find_the_same_whatever_is_asked()
    {
        ElasticServer.Need();
        var random = new Random(46);
        for (var run = 0; run < 150; run++)
        {
            var query = Any(random);
            Assert.Equal(
                await LinesAsync<TableSearch>(query, inPages: false),
                await LinesAsync<ElasticSearch>(query, inPages: run % 10 == 0)
            );
        }
    }

    private async Task FindsAsync<TSearch>(int row)
        where TSearch : ProductSearch
    {
        var expected = Expected.All[row];
        await using var scope = shop.Shop.Scope();
        var search = scope.ServiceProvider.GetRequiredService<TSearch>();

        var found = await search.FindAsync(expected.Query(shop.Categories), CancellationToken.None);

        Assert.False(found.IsFallback);
        var hits = await found.PageAsync(after: null, limit: 100, CancellationToken.None);
        var skus = string.Join(' ', hits.Select(hit => shop.Skus[hit.FirstSku]));
        Assert.Equal((expected.Text, expected.Found, hits.Count), (expected.Text, skus, found.Count));
        if (expected.Facets.Length > 0)
        {
            Assert.Equal(expected.Facets, string.Join("; ", Facets(found.Facets)));
        }
    }

    private static IEnumerable<string> Facets(SearchFacets facets) =>
        from list in facets.Lists
        where list.Facet.Kind != FacetKind.Category
        orderby list.Facet.Kind, list.Facet.Name
        let values = list.Values.Where(value => value.Count > 0 || value.IsTicked)
        where values.Any()
        select $"{(list.Facet.Name.Length > 0 ? list.Facet.Name : list.Facet.Kind)}: {string.Join(", ", values.Select(value => $"{value.Value} {value.Count}{(value.IsTicked ? "*" : "")}"))}";

    // All that a page says of a query.
    private async Task<string[]> LinesAsync<TSearch>(SearchQuery query, bool inPages)
        where TSearch : ProductSearch
    {
        await using var scope = shop.Shop.Scope();
        var search = scope.ServiceProvider.GetRequiredService<TSearch>();
        var found = await search.FindAsync(query, CancellationToken.None);
        Assert.False(found.IsFallback);
        var hits = new List<SearchHit>();
        if (inPages)
        {
            while (
                await found.PageAsync(hits.Count == 0 ? null : hits[^1], limit: 3, CancellationToken.None)
                    is { Count: > 0 } page
            )
            {
                hits.AddRange(page);
            }
        }
        else
        {
            hits.AddRange(await found.PageAsync(after: null, limit: 100, CancellationToken.None));
        }

        return
        [
            $"{query} {found.Count} {found.Text} {found.Facets.Prices}",
            .. hits.Select(hit => $"{shop.Skus[hit.FirstSku]} {hit.Tier} {hit.Popularity} {hit.SkuCount}"),
            .. found
                .Facets.Lists.OrderBy(list => list.Facet.Kind)
                .ThenBy(list => list.Facet.Name, StringComparer.Ordinal)
                .Select(list => $"{list.Facet} {list.OtherCount} {string.Join(", ", list.Values)}"),
        ];
    }

    private SearchQuery Any(Random random)
    {
        var texts = Expected.All.Select(row => row.Text).Where(text => text.Length > 0).ToArray();
        var wheres = Expected.All.Select(row => row.Where).Distinct().ToArray();
        var ticks = Expected.All.Select(row => row.Ticks).Distinct().ToArray();
        string[] orders =
        [
            "",
            "Relevance",
            "-Relevance",
            "Price",
            "-Price",
            "Title",
            "-Title",
            "CreatedAt",
            "-CreatedAt",
        ];
        return new Expected(
            random.Next(3) == 0 ? "" : random.GetItems(texts, 1)[0],
            random.GetItems(wheres, 1)[0],
            random.GetItems(ticks, 1)[0],
            random.GetItems(orders, 1)[0],
            "",
            ""
        ).Query(shop.Categories);
    }
}

/// <summary>The shop that they are about: some more products, and both stores.</summary>
public sealed class ExpectedShop : SearchShop
{
    /// <summary>SKUs by their ids.</summary>
    public IReadOnlyDictionary<VariantId, string> Skus { get; private set; } = null!;

    /// <summary>Categories by their titles.</summary>
    public IReadOnlyDictionary<string, CategoryId> Categories { get; private set; } = null!;

    private static readonly (string Words, bool IsOneWay)[] _synonyms =
    [
        ("mug, beaker", false),
        ("beaker, stein", false),
        ("lantern, poster", true),
        ("wooden spoon, ladle", false),
        ("sun hat, running shoe", true),
        ("heart t-light holder, sconce", false),
        ("pot, 茶壶", false),
    ];

    protected override string Goods =>
        base.Goods
        + """

            SCARF-R,SCARF,Wool Scarf,Keeps warm.,Loom,Clothes > Scarves,winter,Colour,Red,25.00,2011-02-01,2
            SCARF-G,SCARF,Wool Scarf,Keeps warm.,Loom,Clothes > Scarves,winter,Colour,Green,30.00,2011-02-01,0
            HAT-S,HAT,Sun Hat,,Loom,Clothes > Hats,summer,Size,S,18.00,2011-02-02,0
            HAT-M,HAT,Sun Hat,,Loom,Clothes > Hats,summer,Size,M,18.00,2011-02-02,6
            MAT-1,MAT-1,Door Mat,Keeps feet dry and warm.,,Home > Mats,,,,22.00,2011-02-03,0
            LAMP-1,LAMP-1,Lámpara Ñandú,,Luz,Home > Lamps,,,,45.00,2011-02-04,2
            SIGN-1,SIGN-1,Straßen Schild,,,Home > Signs,,,,13.00,2011-02-05,5
            GLASS-1,GLASS-1,Ølglass,,,Kitchen > Glass,,,,6.50,2011-02-06,12
            SHOE-1,SHOE-1,Running Shoes,For runners.,Fleet,Clothes > Shoes,,,,60.00,2011-02-07,7
            BATH-1,BATH-1,Don't Panic Towel,,,Home > Bath,,,,11.00,2011-02-08,3
            PAPER-1,PAPER-1,A4 Paper 80g,,,Office > Paper,,,,4.50,2011-02-09,100
            """;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Skus = (
            await Shop.Get<Database<CatalogDb>>()
                .Primary.ListAsync(
                    $"select id, sku from catalog.product_variant",
                    row => (Id: new VariantId(row.GetInt64(0)), Sku: row.GetString(1)),
                    CancellationToken.None
                )
        ).ToDictionary(row => row.Id, row => row.Sku);
        foreach (var (words, isOneWay) in _synonyms)
        {
            await Shop.SynonymAsync(isOneWay, words.Split(", "));
        }

        Categories = (
            await Shop.Get<Database<SearchDb>>()
                .Primary.ListAsync(
                    $"select category_id, title from search.category",
                    row => (Id: new CategoryId(row.GetInt64(0)), Title: row.GetString(1)),
                    CancellationToken.None
                )
        ).ToDictionary(row => row.Title, row => row.Id);
    }

    protected override async Task<(string, string)[]> SettingsAsync() =>
        ElasticServer.IsHere ? ElasticSearchShop.Engine(await ElasticServer.StartedAsync()) : [];
}
