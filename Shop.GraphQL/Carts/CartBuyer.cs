using Shop.Data.Pricing;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Shipping;

namespace Shop.GraphQL.Carts;

/// <summary>Whether a customer has an order that stands: one that was not rejected, cancelled or refunded.</summary>
/// <param name="loaders">Of the operation.</param>
/// <param name="customer">Who asks.</param>
internal delegate IDataLoaderResult<bool> HasOrdered(LoaderContext loaders, CustomerId customer);

/// <summary>For whom carts are quoted: whoever asks.</summary>
internal sealed class CartBuyer(
    CurrentQuotes quotes,
    CurrentShipping shipping,
    HasOrdered hasOrdered,
    LoaderContext loaders,
    Asker asker
)
{
    /// <summary>All that quotes ask of them.</summary>
    public async Task<Buyer> ReadAsync(CancellationToken cancel) =>
        Buyer.Of(asker.Customer, asker.Groups, asker.TaxExemption) with
        {
            IsFirstOrder = await IsFirstOrderAsync(cancel),
        };

    /// <summary>Whether they are signed in and have no order that stands. Read only where a promotion or a way to ship asks for that; else false.</summary>
    public async Task<bool> IsFirstOrderAsync(CancellationToken cancel) =>
        asker.Customer is { } customer
        && (await quotes.AskOfOrdersAsync(cancel) || (await shipping.ReadAsync(cancel)).AsksOfOrders)
        && !await hasOrdered(loaders, customer).GetResultAsync(cancel);
}
