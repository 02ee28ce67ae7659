namespace Shop.Data.Search.Columns;

/// <summary>
/// Some products as arrays: what belongs to the product at <c>i</c> stands from <c>Start[i]</c> to <c>Start[i + 1]</c>. Never changed
/// once it is made.
/// </summary>
internal sealed class ColumnBlock
{
    /// <summary>Products of a block: a change copies so many, and a million SKUs are a few hundred blocks.</summary>
    public const int Size = 1_024;

    private ColumnBlock(Builder from)
    {
        (Ids, Facts, TermStart, Terms) = (
            [.. from.Ids],
            [.. from.Facts],
            [.. from.TermStart],
            [.. from.Terms]
        );
        (SkuStart, Skus, Prices, Available) = (
            [.. from.SkuStart],
            [.. from.Skus],
            [.. from.Prices],
            [.. from.Available]
        );
        (SkuTermStart, SkuTerms) = ([.. from.SkuTermStart], [.. from.SkuTerms]);
    }

    public static ColumnBlock Empty { get; } = new(new Builder());

    public ProductId[] Ids { get; }
    public ProductFacts[] Facts { get; }
    public int[] TermStart { get; }
    public int[] Terms { get; }
    public int[] SkuStart { get; }
    public VariantId[] Skus { get; }
    public Money[] Prices { get; }
    public int[] Available { get; }
    public int[] SkuTermStart { get; }
    public int[] SkuTerms { get; }

    public int Count => Ids.Length;

    /// <summary>The values of a product itself.</summary>
    public ReadOnlySpan<int> TermsOf(int place) => Terms.AsSpan(TermStart[place]..TermStart[place + 1]);

    /// <summary>The values of one of its SKUs.</summary>
    public ReadOnlySpan<int> TermsOfSku(int sku) => SkuTerms.AsSpan(SkuTermStart[sku]..SkuTermStart[sku + 1]);

    /// <summary>The same with other products in some places, and more behind them.</summary>
    /// <param name="changed">By place; new ones without a gap.</param>
    /// <param name="terms">Numbers their values.</param>
    public ColumnBlock With(IReadOnlyDictionary<int, ColumnProduct> changed, FacetTerms terms)
    {
        var made = new Builder();
        for (var place = 0; place < Count || changed.ContainsKey(place); place++)
        {
            if (changed.TryGetValue(place, out var product))
            {
                made.Add(product, terms);
            }
            else
            {
                made.Add(this, place);
            }
        }

        return new(made);
    }

    private sealed class Builder
    {
        public List<ProductId> Ids { get; } = [];
        public List<ProductFacts> Facts { get; } = [];
        public List<int> TermStart { get; } = [0];
        public List<int> Terms { get; } = [];
        public List<int> SkuStart { get; } = [0];
        public List<VariantId> Skus { get; } = [];
        public List<Money> Prices { get; } = [];
        public List<int> Available { get; } = [];
        public List<int> SkuTermStart { get; } = [0];
        public List<int> SkuTerms { get; } = [];

        public void Add(ColumnProduct product, FacetTerms terms)
        {
            Ids.Add(product.Id);
            Facts.Add(product.Facts);
            Terms.AddRange(product.Terms.Select(terms.NumberOf));
            TermStart.Add(Terms.Count);
            foreach (var sku in product.Skus)
            {
                AddSku(sku.Id, sku.Price, sku.Available, [.. sku.Terms.Select(terms.NumberOf)]);
            }

            SkuStart.Add(Skus.Count);
        }

        public void Add(ColumnBlock block, int place)
        {
            Ids.Add(block.Ids[place]);
            Facts.Add(block.Facts[place]);
            Terms.AddRange(block.TermsOf(place));
            TermStart.Add(Terms.Count);
            for (var sku = block.SkuStart[place]; sku < block.SkuStart[place + 1]; sku++)
            {
                AddSku(block.Skus[sku], block.Prices[sku], block.Available[sku], block.TermsOfSku(sku));
            }

            SkuStart.Add(Skus.Count);
        }

        private void AddSku(VariantId id, Money price, int available, ReadOnlySpan<int> terms)
        {
            Skus.Add(id);
            Prices.Add(price);
            Available.Add(available);
            SkuTerms.AddRange(terms);
            SkuTermStart.Add(SkuTerms.Count);
        }
    }
}
