using Shop.Data.Carts;
using Shop.GraphQL.Catalog;
using StoredCart = Shop.Data.Carts.Cart;

namespace Shop.GraphQL.Carts;

/// <summary>Looks up what is put into a cart: carts know neither SKUs nor prices, the catalogue does.</summary>
internal static class CartPrices
{
    /// <summary>New lines with the prices that the shopper sees now, or why not.</summary>
    public static async Task<(IReadOnlyList<CartItem> Items, IReadOnlyList<Problem> Problems)> OfAsync(
        LoaderContext loaders,
        IReadOnlyList<CartLineInput> lines,
        CancellationToken cancel
    )
    {
        var found = await LoaderResults
            .All(lines.Select(line => line.Variant.Load(loaders)))
            .GetResultAsync(cancel);
        var items = new List<CartItem>(lines.Count);
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
                items.Add(new(variant.Id, variant.Sku, line.Quantity, variant.Price));
            }
        }

        return (items, problems);
    }

    /// <summary>New quantities with the prices that the shopper sees now, or why not.</summary>
    public static async Task<(
        IReadOnlyList<CartLineChange> Changes,
        IReadOnlyList<Problem> Problems
    )> OfAsync(LoaderContext loaders, IReadOnlyList<CartLineUpdateInput> lines, CancellationToken cancel)
    {
        var found = await LoaderResults
            .All(lines.Select(line => loaders.Get<VariantById>().Load(line.LineId.Variant)))
            .GetResultAsync(cancel);
        var changes = new List<CartLineChange>(lines.Count);
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
                changes.Add(new(line.LineId, line.Quantity, variant?.Price ?? default));
            }
        }

        return (changes, problems);
    }

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
