using Shop.Data.Carts;
using Shop.GraphQL.Catalog;
using Shop.GraphQL.Pricing;
using StoredCart = Shop.Data.Carts.Cart;

namespace Shop.GraphQL.Carts;

/// <summary>Looks up what is put into a cart: carts know neither SKUs nor prices, the catalogue does.</summary>
internal sealed class CartPrices(LoaderContext loaders, PricesNow now)
{
    /// <summary>New lines with the prices that the shopper sees now in a currency, or why not.</summary>
    public async Task<(IReadOnlyList<CartItem> Items, IReadOnlyList<Problem> Problems)> OfAsync(
        IReadOnlyList<CartLineInput> lines,
        string currency,
        CancellationToken cancel
    )
    {
        var found = await LoaderResults
            .All(lines.Select(line => line.Variant.Load(loaders)))
            .GetResultAsync(cancel);
        var items = new List<IDataLoaderResult<CartItem>>(lines.Count);
        var problems = new List<Problem>();
        foreach (var (index, (line, variant)) in lines.Zip(found).Index())
        {
            if (Refusal(index, line.Quantity, least: 1) is { } refusal)
            {
                problems.Add(refusal);
            }
            else if (variant is not { IsOnSale: true })
            {
                problems.Add(NotSold(index, line.Variant.Id));
            }
            else
            {
                items.Add(Item(variant, line.Quantity, currency));
            }
        }

        return (await LoaderResults.All(items).GetResultAsync(cancel), problems);
    }

    /// <summary>New quantities with the prices that the shopper sees now in a currency, or why not.</summary>
    public async Task<(IReadOnlyList<CartLineChange> Changes, IReadOnlyList<Problem> Problems)> OfAsync(
        IReadOnlyList<CartLineUpdateInput> lines,
        string currency,
        CancellationToken cancel
    )
    {
        var found = await LoaderResults
            .All(lines.Select(line => loaders.Get<VariantById>().Load(line.LineId.Variant)))
            .GetResultAsync(cancel);
        var changes = new List<IDataLoaderResult<CartLineChange>>(lines.Count);
        var problems = new List<Problem>();
        foreach (var (index, (line, variant)) in lines.Zip(found).Index())
        {
            if (Refusal(index, line.Quantity, least: 0) is { } refusal)
            {
                problems.Add(refusal);
            }
            else if (variant is not { IsOnSale: true } && line.Quantity > 0)
            {
                problems.Add(NotSold(index, line.LineId.Variant));
            }
            else
            {
                changes.Add(Change(line, variant, currency));
            }
        }

        return (await LoaderResults.All(changes).GetResultAsync(cancel), problems);
    }

    private IDataLoaderResult<CartItem> Item(ProductVariant variant, int quantity, string currency) =>
        now.Steps(variant, currency)
            .Select(steps => new CartItem(variant.Id, variant.Sku, quantity, steps[^1].Price)
            {
                Steps = steps.Count > 1 ? steps : [],
            });

    private IDataLoaderResult<CartLineChange> Change(
        CartLineUpdateInput line,
        ProductVariant? variant,
        string currency
    ) =>
        variant is null
            ? LoaderResults.Of(new CartLineChange(line.LineId, line.Quantity, Price: default))
            : now.Shown(variant, Math.Max(line.Quantity, 1), currency)
                .Select(shown => new CartLineChange(line.LineId, line.Quantity, shown.Price));

    private static InvalidInput? Refusal(int index, int quantity, int least) =>
        quantity < least ? new($"It has to be {least} or more.", ["lines", $"{index}", "quantity"])
        : quantity > StoredCart.MaxQuantity ? CartPayload.TooMany(["lines", $"{index}"])
        : null;

    private static NotFound NotSold(int index, VariantId? variant) =>
        new(
            "There is no such SKU, or it is not sold now.",
            ["lines", $"{index}", "variant"],
            variant is { } id ? GlobalId.Of(id) : null
        );
}
