using Microsoft.Extensions.Options;
using Shop.Data.Catalog.Prices;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Rates;
using Shop.Data.Storage;
using Shop.GraphQL.Catalog;
using QuoteLines = Shop.Data.Checkout.QuoteLines;
using StoredPromotion = Shop.Data.Pricing.Promotions.Promotion;

namespace Shop.GraphQL.Pricing;

/// <summary>What SKUs cost whoever asks, at this moment: by price lists, and by promotions that lower the prices of product pages.</summary>
internal sealed class PricesNow(
    LoaderContext loaders,
    Asker asker,
    TimeProvider clock,
    IOptions<ShopOptions> options
)
{
    /// <summary>ISO 4217 code of what prices are shown in: what the client has named, else the shop's.</summary>
    public string Currency => asker.Conversion?.To ?? options.Value.Currency;

    /// <summary>What one of so many units costs in a currency, before promotions.</summary>
    /// <param name="variant">The SKU.</param>
    /// <param name="units">How many of it somebody buys.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="conversion">How prices become prices of it; null where they are.</param>
    public Money Listed(ProductVariant variant, int units, string currency, Conversion? conversion) =>
        variant.Prices.Of(In(currency) with { Conversion = conversion }, units).Price;

    /// <summary>What one of so many units costs on a page.</summary>
    /// <param name="variant">The SKU.</param>
    /// <param name="units">How many of it somebody buys.</param>
    /// <param name="currency">ISO 4217 code; null for <see cref="Currency"/>.</param>
    public IDataLoaderResult<ShownPrice> Shown(
        ProductVariant variant,
        int units = 1,
        string? currency = null
    ) => loaders.Get<PriceOnPages>().Require(new(variant.Id, variant.Prices, units, currency ?? Currency));

    /// <summary>From how many units on one costs how much on a page, in a currency; the most units first.</summary>
    public IDataLoaderResult<IReadOnlyList<PriceStep>> Steps(ProductVariant variant, string currency) =>
        LoaderResults.All(
            variant
                .Prices.Steps(In(currency))
                .Select(step =>
                    Shown(variant, step.MinUnits, currency).Select(shown => step with { Price = shown.Price })
                )
        );

    private PriceContext In(string currency) => new(currency, asker.Groups, clock.GetUtcNow());
}

/// <summary>A price that is asked for.</summary>
/// <param name="Variant">The SKU.</param>
/// <param name="Prices">What it can cost.</param>
/// <param name="Units">How many of it somebody buys.</param>
/// <param name="Currency">ISO 4217 code.</param>
internal readonly record struct WantedPrice(
    VariantId Variant,
    VariantPrices Prices,
    int Units,
    string Currency
);

/// <summary>What one unit costs.</summary>
/// <param name="Price">After promotions that lower the prices of product pages.</param>
/// <param name="CompareAt">What it costs without them, or what one cost before; null where that is not worth showing.</param>
internal sealed record ShownPrice(Money Price, Money? CompareAt);

/// <summary>What SKUs cost on pages. Where no promotion lowers prices there, nothing is read.</summary>
internal sealed class PriceOnPages(
    LoaderContext loaders,
    CurrentQuotes quotes,
    CurrentRates rates,
    Asker asker,
    TimeProvider clock,
    GoodUntil goodUntil,
    ReadTarget target
) : Loader<WantedPrice, ShownPrice>
{
    /// <inheritdoc />
    protected override async Task<IReadOnlyDictionary<WantedPrice, ShownPrice>> FetchAsync(
        IReadOnlyList<WantedPrice> keys,
        CancellationToken cancel
    )
    {
        var now = clock.GetUtcNow();
        var promotions = await quotes.OfPagesAsync(cancel);
        Tell(keys, promotions, now);
        var book = await rates.ReadAsync(cancel);
        var contexts = keys.Select(key => key.Currency)
            .Distinct()
            .ToDictionary(
                currency => currency,
                currency => new PriceContext(currency, asker.Groups, now)
                {
                    Conversion = book.To(currency, now),
                }
            );
        var listed = keys.Select(key => key.Prices.Of(contexts[key.Currency], key.Units)).ToList();
        var shown =
            promotions.Count == 0
                ? listed.ConvertAll(price => price.Price)
                : await ReducedAsync(keys, listed, cancel);
        return keys.Zip(listed, shown)
            .ToDictionary(
                each => each.First,
                each =>
                    each.Third == each.Second.Price
                        ? new ShownPrice(each.Third, each.Second.CompareAt)
                        : new ShownPrice(each.Third, each.Second.Price)
            );
    }

    private async Task<IReadOnlyList<Money>> ReducedAsync(
        IReadOnlyList<WantedPrice> keys,
        List<UnitPrice> listed,
        CancellationToken cancel
    )
    {
        var buyer = Buyer.Of(asker.Customer, asker.Groups, asker.TaxExemption);
        var wanted = keys.Zip(listed, (key, price) => new ListedPrice(key.Variant, price.Price)).ToList();
        // Who writes sees the goods as they are now.
        return target.IsPrimary
            ? await quotes.ShownAsync(await GoodsAsync(wanted), buyer, cancel)
            : await quotes.ShownAsync(wanted, GoodsAsync, buyer, cancel);

        async Task<IReadOnlyList<QuoteLine>> GoodsAsync(IReadOnlyList<ListedPrice> asked)
        {
            var traits = await LoaderResults
                .All(asked.Select(one => loaders.Get<TraitsByVariant>().Require(one.Variant)))
                .GetResultAsync(cancel);
            return [.. traits.Zip(asked, (of, one) => QuoteLines.Of(of, one.UnitPrice, quantity: 1))];
        }
    }

    private void Tell(
        IReadOnlyList<WantedPrice> keys,
        IReadOnlyList<StoredPromotion> promotions,
        DateTimeOffset now
    )
    {
        foreach (var key in keys)
        {
            goodUntil.Tell(key.Prices.NextChange(now));
        }

        foreach (var promotion in promotions)
        {
            goodUntil.Tell(promotion.StartsAt > now ? promotion.StartsAt : promotion.EndsAt);
        }
    }
}
