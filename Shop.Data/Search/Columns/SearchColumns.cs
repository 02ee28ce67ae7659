namespace Shop.Data.Search.Columns;

/// <summary>
/// What is counted of products and SKUs, as arrays in memory. Never changed: a change makes another one, which shares all blocks
/// that it does not touch, so that readers lock nothing.
/// </summary>
internal sealed class SearchColumns
{
    private readonly Dictionary<ProductId, int> _ordinals;

    private SearchColumns(FacetTerms terms, ColumnBlock[] blocks, Dictionary<ProductId, int> ordinals) =>
        (Terms, Blocks, _ordinals) = (terms, blocks, ordinals);

    /// <summary>Without a product.</summary>
    public static SearchColumns Empty(FacetTerms terms) => new(terms, [], []);

    /// <summary>The values of facets, by their numbers.</summary>
    public FacetTerms Terms { get; }

    /// <summary>All products.</summary>
    public ColumnBlock[] Blocks { get; }

    /// <summary>Products, those that have no SKU as well.</summary>
    public int Count => _ordinals.Count;

    /// <summary>SKUs that are sold.</summary>
    public int SkuCount => Blocks.Sum(block => block.Skus.Length);

    /// <summary>The places of all products.</summary>
    public IEnumerable<ColumnPlace> All
    {
        get
        {
            foreach (var block in Blocks)
            {
                for (var place = 0; place < block.Count; place++)
                {
                    yield return new(block, place);
                }
            }
        }
    }

    /// <summary>The place of a product; null where it is not there.</summary>
    public ColumnPlace? Find(ProductId product) =>
        _ordinals.TryGetValue(product, out var ordinal)
            ? new(Blocks[ordinal / ColumnBlock.Size], ordinal % ColumnBlock.Size)
            : null;

    /// <summary>The same with these products, which take the place of what they were before.</summary>
    public SearchColumns With(IReadOnlyCollection<ColumnProduct> products)
    {
        var isNew = products.Any(product => !_ordinals.ContainsKey(product.Id));
        var ordinals = isNew ? new Dictionary<ProductId, int>(_ordinals) : _ordinals;
        var changed = new Dictionary<int, Dictionary<int, ColumnProduct>>();
        foreach (var product in products)
        {
            if (!ordinals.TryGetValue(product.Id, out var ordinal))
            {
                ordinals.Add(product.Id, ordinal = ordinals.Count);
            }

            var (block, place) = Math.DivRem(ordinal, ColumnBlock.Size);
            if (!changed.TryGetValue(block, out var places))
            {
                changed.Add(block, places = []);
            }

            places[place] = product;
        }

        var blocks = new ColumnBlock[(ordinals.Count + ColumnBlock.Size - 1) / ColumnBlock.Size];
        for (var index = 0; index < blocks.Length; index++)
        {
            var before = index < Blocks.Length ? Blocks[index] : ColumnBlock.Empty;
            blocks[index] = changed.TryGetValue(index, out var places) ? before.With(places, Terms) : before;
        }

        return new(Terms, blocks, ordinals);
    }
}

/// <summary>Where a product stands.</summary>
/// <param name="Block">In which block.</param>
/// <param name="Place">And there at which place.</param>
internal readonly record struct ColumnPlace(ColumnBlock Block, int Place);
