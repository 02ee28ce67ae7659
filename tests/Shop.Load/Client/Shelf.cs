namespace Shop.Load.Client;

/// <summary>Says what the n-th shopper buys, so that each SKU is bought as often as its stock allows: much of what there is much of.</summary>
internal sealed class Shelf
{
    private readonly IReadOnlyList<KnownSku> _skus;
    private readonly long[] _ends;

    /// <param name="skus">At least one of them with stock.</param>
    public Shelf(IReadOnlyList<KnownSku> skus)
    {
        _skus = [.. skus.Where(sku => sku.Available > 0)];
        _ends = new long[_skus.Count];
        var end = 0L;
        for (var n = 0; n < _skus.Count; n++)
        {
            _ends[n] = end += _skus[n].Available;
        }
    }

    /// <summary>Neighbours get different SKUs, and every SKU comes again and again.</summary>
    public string At(int n)
    {
        // Steps of the golden ratio cover the shelf evenly, however many steps are taken.
        var share = n * 0.618_033_988_749_894_9 % 1;
        var place = Array.BinarySearch(_ends, (long)(share * _ends[^1]) + 1);
        return _skus[place < 0 ? ~place : place].Sku;
    }
}
