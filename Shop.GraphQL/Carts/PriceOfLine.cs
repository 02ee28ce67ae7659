using Shop.GraphQL.Pricing;

namespace Shop.GraphQL.Carts;

/// <summary>What one unit of a line costs now, of as many as it has; null where it is not sold any more.</summary>
internal sealed class PriceOfLine(LoaderContext loaders, PricesNow now) : Loader<CartLine, ShownPrice>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<CartLine, ShownPrice>> FetchAsync(
        IReadOnlyList<CartLine> keys,
        CancellationToken cancel
    )
    {
        var variants = await LoaderResults
            .All(keys.Select(line => line.Variant(loaders)))
            .GetResultAsync(cancel);
        var sold = keys.Zip(variants).Where(line => line.Second is not null).ToList();
        var prices = await LoaderResults
            .All(
                sold.Select(line =>
                    now.Shown(line.Second!, line.First.Quantity, line.First.SeenPrice.Currency)
                )
            )
            .GetResultAsync(cancel);
        return sold.Zip(prices).ToDictionary(line => line.First.First, line => line.Second);
    }
}
