using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Elastic;

/// <summary>
/// Has Elasticsearch count facets, by the rules of <see cref="FacetWalk"/>: products, with all ticks but those of the facet, and one SKU
/// that meets them together.
/// </summary>
/// <param name="query">What is looked for.</param>
internal sealed class ElasticFacets(SearchQuery query)
{
    // More values than a shop has of one facet; what lies beyond is not told.
    private const int MaxTerms = 10_000;

    private const string Values = "values";
    private const string Products = "products";
    private const string Bounds = "bounds";
    private const string Prices = "prices";

    private static readonly FacetName _price = new(FacetKind.Price);
    private static readonly (long From, long To, long Nearest)[] _neighbours = [.. PriceBands.Neighbours()];

    // Many, and the same in each search.
    private static readonly JsonElement _ofNeighbours = JsonSerializer.SerializeToElement(
        Ranges("skus.price", _neighbours.Select(each => (each.From, each.To)))
    );

    private static readonly (FacetKind Kind, string Field)[] _ofProducts =
    [
        (FacetKind.Category, "categories"),
        (FacetKind.Brand, "brand"),
        (FacetKind.Tag, "tags"),
    ];

    private bool CountsPrices => query.Counted.Contains(FacetKind.Price);

    /// <summary>What goes into the body of a search; null for nothing.</summary>
    public JsonObject? Write()
    {
        var all = new JsonObject();
        foreach (var (kind, field) in _ofProducts.Where(each => query.Counted.Contains(each.Kind)))
        {
            all[field] = Filtered(
                ElasticConditions.OfProduct(Others(new(kind))),
                Json.Object(Values, TermsOf(field))
            );
        }

        if (query.Counted.Contains(FacetKind.Option))
        {
            // Of all options together, and of each that is ticked without its own tick.
            foreach (var (number, facet) in Options.Index())
            {
                all[$"options{number}"] = OfSkus(
                    Others(facet),
                    Json.Object(Values, CountedByProduct(TermsOf("skus.options")))
                );
            }
        }

        if (query.Counted.Contains(FacetKind.Availability))
        {
            all["levels"] = OfSkus(
                Others(new(FacetKind.Availability)),
                Json.Object(Values, CountedByProduct(Levels()))
            );
        }

        if (CountsPrices)
        {
            all[Bounds] = OfSkus(InCurrency(query.Where), PricesOf(withNeighbours: true));
            all[Prices] = OfSkus(InCurrency(Others(_price)), PricesOf(withNeighbours: false));
        }

        return all.Count == 0 ? null : all;
    }

    /// <summary>What counts the ranges of prices, once it is known where they lie; null for nothing.</summary>
    /// <param name="answer">To <see cref="Write"/>.</param>
    public JsonObject? WriteBands(JsonElement answer) =>
        BoundsOf(answer) is { Count: > 0 } bounds
            ? new()
            {
                [Prices] = OfSkus(
                    InCurrency(Others(_price)),
                    Json.Object(
                        Values,
                        CountedByProduct(
                            Ranges("skus.price", bounds.Zip(bounds.Skip(1), (from, to) => (from, to)))
                        )
                    )
                ),
            }
            : null;

    /// <summary>Reads both answers; the second is null where it was not asked for.</summary>
    public SearchFacets Read(JsonElement answer, JsonElement? bands) =>
        new(
            FacetList.Of(
                Met(answer),
                BoundsOf(answer),
                bands is { } counted ? ReadBands(counted) : new Dictionary<int, int>(),
                query
            ),
            CountsPrices && PricesIn(answer, Prices) is var (count, min, max, _) && count > 0
                ? (new(min, query.Currency), new(max, query.Currency))
                : null
        );

    private IEnumerable<FacetName> TickedOptions =>
        query.Ticks.Select(tick => tick.Facet).Where(facet => facet.Kind == FacetKind.Option);

    private IEnumerable<FacetName> Options => TickedOptions.Prepend(new(FacetKind.Option));

    private SearchCondition.All Others(FacetName facet) =>
        new([query.Where, .. query.Ticks.Where(tick => tick.Facet != facet).Select(tick => tick.Condition)]);

    private SearchCondition.All InCurrency(SearchCondition condition) =>
        new([condition, new SearchCondition.Price(query.Currency, long.MinValue, long.MaxValue)]);

    private static JsonObject PricesOf(bool withNeighbours)
    {
        var aggregates = new JsonObject
        {
            ["min"] = Json.Object("min", Json.Object("field", "skus.price")),
            ["max"] = Json.Object("max", Json.Object("field", "skus.price")),
        };
        if (withNeighbours)
        {
            aggregates[Values] = JsonObject.Create(_ofNeighbours);
        }

        return aggregates;
    }

    private JsonObject Levels() =>
        Json.Object(
            "filters",
            Json.Object(
                "filters",
                Json.Array(
                    query.Levels.Select(level =>
                        (JsonNode?)
                            ElasticConditions.OfSkuAlone(new SearchCondition.Units(level.From, level.To))
                    )
                )
            )
        );

    private static JsonObject TermsOf(string field) =>
        Json.Object("terms", new JsonObject { ["field"] = field, ["size"] = MaxTerms });

    private static JsonObject Ranges(string field, IEnumerable<(long From, long To)> ranges) =>
        Json.Object(
            "range",
            new JsonObject
            {
                ["field"] = field,
                ["ranges"] = Json.Array(
                    ranges.Select(range =>
                        (JsonNode?)new JsonObject { ["from"] = range.From, ["to"] = range.To }
                    )
                ),
            }
        );

    private static JsonObject CountedByProduct(JsonObject aggregate)
    {
        aggregate["aggs"] = Json.Object(Products, Json.Object("reverse_nested", new JsonObject()));
        return aggregate;
    }

    private static JsonObject Filtered(JsonObject filter, JsonObject aggregates) =>
        new() { ["filter"] = filter, ["aggs"] = aggregates };

    // The filter is asked of SKUs as a whole: in a product that is left out by the page's ticks alone, none counts.
    private static JsonObject OfSkus(SearchCondition condition, JsonObject aggregates) =>
        new()
        {
            ["nested"] = new JsonObject { ["path"] = "skus" },
            ["aggs"] = Json.Object(Values, Filtered(ElasticConditions.OfSkuAlone(condition), aggregates)),
        };

    private IEnumerable<(FacetTerm Term, int Count)> Met(JsonElement answer)
    {
        foreach (var (kind, field) in _ofProducts.Where(each => query.Counted.Contains(each.Kind)))
        {
            foreach (var bucket in Buckets(Aggregate(answer, field)))
            {
                yield return (
                    new(new(kind), KeyOf(bucket.GetProperty("key"))),
                    bucket.GetProperty("doc_count").GetInt32()
                );
            }
        }

        if (query.Counted.Contains(FacetKind.Option))
        {
            var ticked = TickedOptions.ToHashSet();
            foreach (var (number, facet) in Options.Index())
            {
                foreach (var bucket in Buckets(Skus(answer, $"options{number}")))
                {
                    var term = ElasticDocument.TermOf(bucket.GetProperty("key").GetString()!);
                    if (term.Facet == facet || (facet.Name.Length == 0 && !ticked.Contains(term.Facet)))
                    {
                        yield return (term, ProductsIn(bucket));
                    }
                }
            }
        }

        if (query.Counted.Contains(FacetKind.Availability))
        {
            foreach (var (level, bucket) in query.Levels.Zip(Buckets(Skus(answer, "levels"))))
            {
                if (ProductsIn(bucket) is > 0 and var count)
                {
                    yield return (new(new(FacetKind.Availability), level.Name), count);
                }
            }
        }
    }

    private static Dictionary<int, int> ReadBands(JsonElement answer) =>
        Buckets(Skus(answer, Prices)).Index().ToDictionary(each => each.Index, each => ProductsIn(each.Item));

    private IReadOnlyList<long> BoundsOf(JsonElement answer)
    {
        if (!CountsPrices || PricesIn(answer, Bounds) is not (var count and > 0, var min, var max, var skus))
        {
            return [];
        }

        int[] counts = [.. Buckets(skus).Select(bucket => bucket.GetProperty("doc_count").GetInt32())];
        return PriceBands.Of(count, min, max, Nearest);

        long Nearest(int place)
        {
            var (range, before) = (0, 0);
            while (before + counts[range] <= place)
            {
                before += counts[range++];
            }

            return _neighbours[range].Nearest;
        }
    }

    private static (int Count, long Min, long Max, JsonElement Skus) PricesIn(JsonElement answer, string name)
    {
        var skus = Skus(answer, name);
        var count = skus.GetProperty("doc_count").GetInt32();
        return count == 0
            ? (0, 0, 0, skus)
            : (
                count,
                (long)skus.GetProperty("min").GetProperty("value").GetDouble(),
                (long)skus.GetProperty("max").GetProperty("value").GetDouble(),
                skus
            );
    }

    private static JsonElement Aggregate(JsonElement answer, string name) =>
        answer.GetProperty("aggregations").GetProperty(name);

    private static JsonElement Skus(JsonElement answer, string name) =>
        Aggregate(answer, name).GetProperty(Values);

    private static JsonElement.ArrayEnumerator Buckets(JsonElement filtered) =>
        filtered.GetProperty(Values).GetProperty("buckets").EnumerateArray();

    private static int ProductsIn(JsonElement bucket) =>
        bucket.GetProperty(Products).GetProperty("doc_count").GetInt32();

    private static string KeyOf(JsonElement key) =>
        key.ValueKind == JsonValueKind.String
            ? key.GetString()!
            : key.GetInt64().ToString(CultureInfo.InvariantCulture);
}
