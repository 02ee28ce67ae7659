using Microsoft.Extensions.Options;
using Shop.Data.Channels;
using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Pricing.Taxes.Asking;

namespace Shop.Data.Pricing;

/// <summary>What goods cost at this moment, by the promotions that run and with taxes: of carts, and of the orders that are made of them.</summary>
public sealed class CurrentQuotes(
    RunningPromotions running,
    CurrentTaxes taxes,
    QuoteWithTaxes quoteWithTaxes,
    IOptions<ChannelOptions> channel,
    TimeProvider clock
)
{
    /// <summary>Whether anything but the prices of goods matters: where no promotion runs and nothing is taxed, it does not.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<bool> AsksOfGoodsAsync(CancellationToken cancel) =>
        quoteWithTaxes.AsksOutside
        || (await running.ReadAsync(cancel)).All.Count > 0
        || await taxes.AreThereAsync(cancel);

    /// <summary>Whether a promotion counts how often a customer uses it.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<bool> CountsCustomersAsync(CancellationToken cancel) =>
        (await running.ReadAsync(cancel)).All.Any(one => one.MaxUses(LimitPer.Customer) is not null);

    /// <summary>Whether it matters to a promotion what its customer has ordered before.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<bool> AskOfOrdersAsync(CancellationToken cancel) =>
        (await running.ReadAsync(cancel)).AsksOfOrders;

    /// <summary>Why a code is not taken now; null where it is.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<CodeRefusal?> RefusalOfAsync(TypedCode code, CancellationToken cancel) =>
        code.Refusal(clock.GetUtcNow(), await running.ReadAsync(cancel));

    /// <summary>
    /// What one unit of each costs on product pages, by the promotions that lower prices there. It does not depend on what else is in a
    /// cart, nor where that goes.
    /// </summary>
    /// <param name="lines">At what they cost without promotions.</param>
    /// <param name="buyer">Who looks.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>In the order of the lines.</returns>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<Money>> ShownAsync(
        IReadOnlyList<QuoteLine> lines,
        Buyer buyer,
        CancellationToken cancel
    ) => Shown(lines, buyer, Now, await running.ReadAsync(cancel));

    /// <summary>
    /// The same, of which goods are asked only where that is not known yet: what is told of a SKU may be five seconds old.
    /// </summary>
    /// <param name="listed">What they cost without promotions.</param>
    /// <param name="read">What is to be known of SKUs, in their order.</param>
    /// <param name="buyer">Who looks.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>In the order of what was listed.</returns>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<Money>> ShownAsync(
        IReadOnlyList<ListedPrice> listed,
        Func<IReadOnlyList<ListedPrice>, Task<IReadOnlyList<QuoteLine>>> read,
        Buyer buyer,
        CancellationToken cancel
    )
    {
        var (book, at) = (await running.ReadAsync(cancel), Now);
        if (book.OfPages.All.Count == 0)
        {
            return [.. listed.Select(one => one.UnitPrice)];
        }

        var pages = book.PagePrices;
        var kept = pages.For(buyer, at);
        var unknown = listed.Where(one => !kept.ContainsKey(one)).Distinct().ToList();
        var reckoned = new Dictionary<ListedPrice, Money>(unknown.Count);
        if (unknown.Count > 0)
        {
            foreach (var (one, price) in unknown.Zip(Shown(await read(unknown), buyer, at, book)))
            {
                pages.Keep(kept, one, reckoned[one] = price);
            }
        }

        return [.. listed.Select(one => reckoned.TryGetValue(one, out var price) ? price : kept[one])];
    }

    /// <summary>
    /// The promotions that lower the prices of product pages, running or to run: none for nothing to ask of goods.
    /// </summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<IReadOnlyList<Promotion>> OfPagesAsync(CancellationToken cancel) =>
        (await running.ReadAsync(cancel)).OfPages.All;

    /// <summary>The quote.</summary>
    /// <param name="currency">ISO 4217 code of all prices.</param>
    /// <param name="lines">In any order; each SKU once.</param>
    /// <param name="buyer">Who buys.</param>
    /// <param name="destination">Where it goes; null as long as that is not known.</param>
    /// <param name="method">How it goes; null as long as that is not known.</param>
    /// <param name="codes">What the customer has typed.</param>
    /// <param name="of">For what it is made.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<Quote> OfAsync(
        string currency,
        IReadOnlyList<QuoteLine> lines,
        Buyer buyer,
        Destination? destination,
        ShippingMethod? method,
        IReadOnlyList<TypedCode> codes,
        QuoteFor of,
        CancellationToken cancel
    )
    {
        var at = Now;
        return await quoteWithTaxes.OfAsync(
            new()
            {
                Currency = currency,
                At = at,
                Lines = lines,
                Buyer = buyer,
                Destination = destination,
                Method = method,
                Codes = codes,
                Taxes = await taxes.TermsAsync(destination, buyer.TaxExemption, at, cancel),
            },
            await running.ReadAsync(cancel),
            of,
            cancel
        );
    }

    private DateTimeOffset Now => channel.Value.LocalTime(clock.GetUtcNow());

    private static Money[] Shown(
        IReadOnlyList<QuoteLine> lines,
        Buyer buyer,
        DateTimeOffset at,
        PromotionBook book
    )
    {
        var shown = new Money[lines.Count];
        foreach (var alike in lines.Index().GroupBy(line => line.Item.UnitPrice.Currency))
        {
            var request = new QuoteRequest
            {
                Currency = alike.Key,
                At = at,
                Lines = [.. alike.Select(line => line.Item with { Quantity = 1 })],
                Buyer = buyer,
            };
            foreach (var (line, price) in alike.Zip(Pass.UnitPrices(request, book.OfPages)))
            {
                shown[line.Index] = price;
            }
        }

        return shown;
    }
}
