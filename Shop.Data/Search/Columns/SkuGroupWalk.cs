using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Columns;

/// <summary>Takes SKUs together in one walk over products.</summary>
/// <param name="columns">What is walked over.</param>
/// <param name="products">Those that meet the text, each once.</param>
/// <param name="query">What a SKU has to meet. What has its price in another currency is left out.</param>
internal sealed class SkuGroupWalk(
    SearchColumns columns,
    IReadOnlyCollection<ColumnPlace> products,
    SearchQuery query
)
{
    private readonly SkuTest _passes = SkuTests.Of(query.Condition, columns.Terms);

    /// <summary>The groups that have a SKU, in no order.</summary>
    public IReadOnlyList<SkuGroup> By(SkuGrouping by)
    {
        var keys = SkuKeys.Of(by is SkuGrouping.Price(null) ? AtRoundPrices() : by, query, columns.Terms);
        var sums = new SkuSums?[keys.Count];
        var product = 0;
        foreach (var (block, place) in products)
        {
            product++;
            foreach (var sku in Passing(block, place))
            {
                foreach (var number in keys.Of(block, place, sku))
                {
                    if (keys.IsGroup(number))
                    {
                        (sums[number] ??= new()).Add(product, block.Prices[sku].Minor, block.Available[sku]);
                    }
                }
            }
        }

        return
        [
            .. from each in sums.Index()
            where each.Item is not null
            select keys.Group(each.Index, each.Item!),
        ];
    }

    private SkuGrouping.Price AtRoundPrices() =>
        new(
            PriceBands.Of([
                .. from each in products
                from sku in Passing(each.Block, each.Place)
                select each.Block.Prices[sku].Minor,
            ])
        );

    private IEnumerable<int> Passing(ColumnBlock block, int place)
    {
        for (var sku = block.SkuStart[place]; sku < block.SkuStart[place + 1]; sku++)
        {
            if (block.Prices[sku].Currency == query.Currency && _passes(block, place, sku))
            {
                yield return sku;
            }
        }
    }
}
