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
    )
    {
        var book = (await running.ReadAsync(cancel)).OfPages;
        var now = clock.GetUtcNow();
        return book.All.Count == 0
            ? [.. lines.Select(line => line.UnitPrice)]
            :
            [
                .. lines.Select(line =>
                    Quote
                        .Of(
                            new()
                            {
                                Currency = line.UnitPrice.Currency,
                                At = now,
                                Lines = [line with { Quantity = 1 }],
                                Buyer = buyer,
                            },
                            book
                        )
                        .Lines[0]
                        .UnitPrice
                ),
            ];
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
        var at = channel.Value.LocalTime(clock.GetUtcNow());
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
}
