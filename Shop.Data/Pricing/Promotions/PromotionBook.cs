namespace Shop.Data.Pricing.Promotions;

/// <summary>The promotions of a shop in the order in which they take their turn, sorted once for many quotes.</summary>
public sealed class PromotionBook
{
    private readonly List<Promotion>[] _byStage;
    private readonly HashSet<PromotionId> _usedUp;
    private readonly Lazy<PromotionBook> _ofPages;
    private readonly Lazy<PagePrices> _pagePrices;

    /// <param name="promotions">In any order.</param>
    /// <param name="usedUp">Those of them that no order can use any more; null for none.</param>
    public PromotionBook(IEnumerable<Promotion> promotions, IEnumerable<PromotionId>? usedUp = null)
    {
        _usedUp = [.. usedUp ?? []];
        All =
        [
            .. promotions.OrderBy(one => one.Stage).ThenBy(one => one.Priority).ThenBy(one => one.Id.Value),
        ];
        _byStage =
        [
            .. Enum.GetValues<PromotionStage>()
                .Select(stage => All.Where(one => one.Stage == stage).ToList()),
        ];
        _ofPages = new(() => new(Of(PromotionStage.Price)));
        _pagePrices = new(() => new(OfPages));
        AsksOfOrders = All.Any(one => one.When?.AsksOfOrders == true);
        Alone = [.. All.Where(one => one.Alone).OrderBy(one => one.Priority).ThenBy(one => one.Id.Value)];
    }

    /// <summary>Those alone that lower the prices of product pages.</summary>
    public PromotionBook OfPages => _ofPages.Value;

    /// <summary>What SKUs cost by those.</summary>
    internal PagePrices PagePrices => _pagePrices.Value;

    /// <summary>No promotion.</summary>
    public static PromotionBook Empty { get; } = new([]);

    /// <summary>All of them, by stage, priority and id.</summary>
    public IReadOnlyList<Promotion> All { get; }

    /// <summary>Those that apply with no other, by priority and id.</summary>
    public IReadOnlyList<Promotion> Alone { get; }

    /// <summary>Whether it matters to one of them what the customer has ordered before.</summary>
    public bool AsksOfOrders { get; }

    /// <summary>One of them; null where it neither runs nor is to run.</summary>
    public Promotion? Find(PromotionId id) => All.FirstOrDefault(one => one.Id == id);

    /// <summary>Those that no order can use any more.</summary>
    public IReadOnlyCollection<PromotionId> UsedUp => _usedUp;

    /// <summary>Whether no order can use a promotion any more.</summary>
    public bool IsUsedUp(PromotionId promotion) => _usedUp.Contains(promotion);

    /// <summary>Those of one stage, by priority and id.</summary>
    internal List<Promotion> Of(PromotionStage stage) => _byStage[(int)stage];
}
