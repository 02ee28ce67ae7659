using Shop.Data.Search.Columns;
using Shop.Data.Search.Finding;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Inventory;

namespace Shop.GraphQL.Search;

/// <summary>What a shopper has ticked of one facet; exactly one of them. Several values are alternatives.</summary>
[OneOf]
internal sealed record FacetTickInput
{
    /// <summary>Categories; what stands below one of them counts as in it. At most 50.</summary>
    [MaxItems(50)]
    public IReadOnlyList<CategoryId>? Category { get; init; }

    /// <summary>Makers; at most 50.</summary>
    [MaxItems(50)]
    public IReadOnlyList<string>? Brand { get; init; }

    /// <summary>Tags; at most 50.</summary>
    [MaxItems(50)]
    public IReadOnlyList<string>? Tag { get; init; }

    /// <summary>Values of an option. One SKU has to have a value of each option that is ticked.</summary>
    public OptionTickInput? Option { get; init; }

    /// <summary>A range of prices.</summary>
    public PriceFilter? Price { get; init; }

    /// <summary>Ranges of prices in the shop's currency, as `FacetValue.value` names them; at most 50.</summary>
    [MaxItems(50)]
    public IReadOnlyList<string>? PriceBand { get; init; }

    /// <summary>How much there has to be of a SKU; at most 3.</summary>
    [MaxItems(3)]
    public IReadOnlyList<StockStatus>? Availability { get; init; }

    /// <summary>What they ask of the index.</summary>
    /// <exception cref="ExecutionError">A range of prices is none, or a facet has two entries.</exception>
    internal static IReadOnlyList<FacetTick> Read(
        IReadOnlyList<FacetTickInput> ticked,
        IReadOnlyList<StockRange> levels,
        string currency
    )
    {
        FacetTick[] ticks = [.. ticked.Select(each => each.Read(levels, currency))];
        return ticks.DistinctBy(tick => tick.Facet).Count() == ticks.Length
            ? ticks
            : throw Refused("`ticked` has two entries for one facet: values of one are alternatives.");
    }

    private FacetTick Read(IReadOnlyList<StockRange> levels, string currency) =>
        this switch
        {
            { Category: { } ids } => new(
                new(FacetKind.Category),
                [.. ids.Select(id => FacetTerm.Of(id).Value)],
                new SearchCondition.Categories(ids)
            ),
            { Brand: { } brands } => new(
                new(FacetKind.Brand),
                [.. brands],
                new SearchCondition.Brands(brands)
            ),
            { Tag: { } tags } => new(new(FacetKind.Tag), [.. tags], new SearchCondition.Tags(tags)),
            { Option: { } option } => new(
                new(FacetKind.Option, option.Name),
                [.. option.Values],
                new SearchCondition.Options(option.Name, option.Values)
            ),
            { Price: { } price } => new(new(FacetKind.Price), [], SearchConditions.PriceOf(price)),
            { PriceBand: { } bands } => new(
                new(FacetKind.Price),
                [.. bands],
                new SearchCondition.Any([.. bands.Select(band => BandOf(band, currency).Condition)])
            ),
            _ => AvailabilityOf(Availability ?? [], levels),
        };

    private static FacetTick AvailabilityOf(
        IReadOnlyList<StockStatus> statuses,
        IReadOnlyList<StockRange> levels
    )
    {
        StockRange[] ticked =
        [
            .. levels.Where(level => statuses.Any(status => StockLevels.NameOf(status) == level.Name)),
        ];
        return new(
            new(FacetKind.Availability),
            [.. ticked.Select(level => level.Name)],
            new SearchCondition.Any([
                .. ticked.Select(level => new SearchCondition.Units(level.From, level.To)),
            ])
        );
    }

    private static PriceBand BandOf(string text, string currency) =>
        Data.Search.Columns.PriceBand.Parse(text, currency)
        ?? throw Refused($"'{text}' is no range of prices, such as '10.00-20.00'.");

    private static ExecutionError Refused(string reason) => new(reason) { Code = ErrorCode.ValidationFailed };
}

/// <summary>Values of an option that a shopper has ticked.</summary>
/// <param name="Name">The option's name, such as `Colour`; letter by letter.</param>
/// <param name="Values">At most 50.</param>
internal sealed record OptionTickInput(
    [property: MaxText(200)] string Name,
    [property: MaxItems(50)] IReadOnlyList<string> Values
);
