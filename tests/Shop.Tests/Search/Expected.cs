using System.Globalization;
using Shop.Data.Kernel;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;
using Shop.Tests.Architecture;

namespace Shop.Tests.Search;

/// <summary>A row of <c>Expectations.md</c>: what is asked, and what is found.</summary>
/// <param name="Text">As it is typed; empty for none.</param>
/// <param name="Where">What the page is about: <c>brand=Potter, price=9..11</c>.</param>
/// <param name="Ticks">What is ticked, in the same words.</param>
/// <param name="Order">By what; with a minus before it the other way.</param>
/// <param name="Found">The first SKU that passes of each product, in order.</param>
/// <param name="Facets">Facets with their values; empty where they are not looked at.</param>
internal sealed record Expected(
    string Text,
    string Where,
    string Ticks,
    string Order,
    string Found,
    string Facets
)
{
    private static readonly StockRange[] _levels =
    [
        new("IN_STOCK", 6, int.MaxValue),
        new("LOW_STOCK", 1, 5),
        new("OUT_OF_STOCK", int.MinValue, 0),
    ];

    /// <summary>All rows.</summary>
    public static IReadOnlyList<Expected> All { get; } =
    [
        .. Papers
            .Rows("tests/Shop.Tests/Search/Expectations.md")
            .Where(cells => cells[0] != "text" && !cells[0].StartsWith("---", StringComparison.Ordinal))
            .Select(cells => new Expected(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])),
    ];

    /// <summary>As the seam takes it.</summary>
    /// <param name="categories">By their titles.</param>
    public SearchQuery Query(IReadOnlyDictionary<string, CategoryId> categories) =>
        new(
            Text.Length == 0 ? null : Text,
            new SearchCondition.All([.. Parts(Where).Select(part => Condition(part, categories))]),
            new(
                Order.TrimStart('-') is { Length: > 0 } field ? Enum.Parse<SearchOrderField>(field)
                    : Text.Length > 0 ? SearchOrderField.Relevance
                    : SearchOrderField.Popularity,
                Order.StartsWith('-')
            )
        )
        {
            Ticks =
            [
                .. Parts(Ticks)
                    .Select(part => new FacetTick(
                        Facet(part.Name),
                        part.Name is "price" ? [] : Values(part, categories),
                        Condition(part, categories)
                    )),
            ],
            Levels = _levels,
            Currency = "GBP",
            Size = 100,
            Counted = Enum.GetValues<FacetKind>(),
        };

    private static IEnumerable<(string Name, string Value)> Parts(string text) =>
        text.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('='))
            .Select(part => (part[0], part[1]));

    private static FacetName Facet(string name) =>
        name switch
        {
            "category" => new(FacetKind.Category),
            "brand" => new(FacetKind.Brand),
            "tag" => new(FacetKind.Tag),
            "price" => new(FacetKind.Price),
            "stock" => new(FacetKind.Availability),
            _ => new(FacetKind.Option, name),
        };

    private static string[] Values(
        (string Name, string Value) part,
        IReadOnlyDictionary<string, CategoryId> categories
    ) =>
        part.Name == "category"
            ? [FacetTerm.Of(categories[part.Value]).Value]
            : part.Value.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static SearchCondition Condition(
        (string Name, string Value) part,
        IReadOnlyDictionary<string, CategoryId> categories
    )
    {
        var values = part.Value.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return part.Name switch
        {
            ['!', .. var name] => new SearchCondition.No(Condition((name, part.Value), categories)),
            "category" => new SearchCondition.Categories([.. values.Select(title => categories[title])]),
            "brand" => new SearchCondition.Brands(values),
            "tag" => new SearchCondition.Tags(values),
            "slug" => new SearchCondition.Slugs(values),
            "price" => Price(part.Value),
            "stock" => new SearchCondition.Any([
                .. _levels
                    .Where(level => values.Contains(level.Name))
                    .Select(level => new SearchCondition.Units(level.From, level.To)),
            ]),
            // A maker, or a value of the colour: what is asked of products and of SKUs in one.
            "either" => new SearchCondition.Any([
                new SearchCondition.Brands([values[0]]),
                new SearchCondition.Options("Colour", [values[1]]),
            ]),
            "since" => new SearchCondition.Created(
                DateTimeOffset.Parse(part.Value + "Z", CultureInfo.InvariantCulture),
                To: null
            ),
            var option => new SearchCondition.Options(option, values),
        };
    }

    private static SearchCondition.Price Price(string text)
    {
        var ends = text.Split("..");
        return new("GBP", Minor(ends[0], 0), Minor(ends[1], long.MaxValue));

        static long Minor(string amount, long open) =>
            amount.Length == 0 ? open : (long)(decimal.Parse(amount, CultureInfo.InvariantCulture) * 100);
    }
}
