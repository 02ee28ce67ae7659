using Shop.Data.Search.Finding;

namespace Shop.Data.Search.Columns;

/// <summary>Finds products of which a SKU meets everything, in one walk over them.</summary>
internal static class HitWalk
{
    /// <param name="products">Those that meet the text, each once, with how well.</param>
    /// <param name="passes">What one SKU has to meet.</param>
    public static List<SearchHit> Over(IEnumerable<(ColumnPlace Place, int Tier)> products, SkuTest passes)
    {
        var hits = new List<SearchHit>();
        foreach (var ((block, place), tier) in products)
        {
            if (Find(block, place, passes) is { } hit)
            {
                hits.Add(hit with { Tier = tier });
            }
        }

        return hits;
    }

    private static SearchHit? Find(ColumnBlock block, int place, SkuTest passes)
    {
        var (count, first, price, isSellable) = (0, -1, long.MaxValue, false);
        for (var sku = block.SkuStart[place]; sku < block.SkuStart[place + 1]; sku++)
        {
            if (passes(block, place, sku))
            {
                first = count++ == 0 ? sku : first;
                price = Math.Min(price, block.Prices[sku].Minor);
                isSellable |= block.Available[sku] > 0;
            }
        }

        if (count == 0)
        {
            return null;
        }

        var facts = block.Facts[place];
        return new()
        {
            ProductId = block.Ids[place],
            IsSellable = isSellable,
            Popularity = facts.Popularity,
            CreatedAt = facts.CreatedAt,
            PriceMinor = price,
            SortTitle = facts.SortTitle,
            FirstSku = block.Skus[first],
            SkuCount = count,
        };
    }
}
