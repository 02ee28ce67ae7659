using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing;

/// <summary>What goods cost at this moment, by the promotions that run: of carts, and of the orders that are made of them.</summary>
public sealed class CurrentQuotes(RunningPromotions running, TimeProvider clock)
{
    /// <summary>Whether what a promotion asks of goods matters at all: where none runs, only their prices do.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<bool> AsksOfGoodsAsync(CancellationToken cancel) =>
        (await running.ReadAsync(cancel)).All.Count > 0;

    /// <summary>Whether a promotion counts how often a customer uses it.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<bool> CountsCustomersAsync(CancellationToken cancel) =>
        (await running.ReadAsync(cancel)).All.Any(one => one.MaxUses(LimitPer.Customer) is not null);

    /// <summary>Why a code is not taken now; null where it is.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<CodeRefusal?> RefusalOfAsync(TypedCode code, CancellationToken cancel) =>
        code.Refusal(clock.GetUtcNow(), await running.ReadAsync(cancel));

    /// <summary>The quote.</summary>
    /// <param name="currency">ISO 4217 code of all prices.</param>
    /// <param name="lines">In any order; each SKU once.</param>
    /// <param name="customer">Who buys; null for a guest.</param>
    /// <param name="destination">Where it goes; null as long as that is not known.</param>
    /// <param name="codes">What the customer has typed.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<Quote> OfAsync(
        string currency,
        IReadOnlyList<QuoteLine> lines,
        CustomerId? customer,
        Destination? destination,
        IReadOnlyList<TypedCode> codes,
        CancellationToken cancel
    ) =>
        Quote.Of(
            new()
            {
                Currency = currency,
                At = clock.GetUtcNow(),
                Lines = lines,
                Buyer = Buyer.Guest with { IsSignedIn = customer is not null },
                Destination = destination,
                Codes = codes,
            },
            await running.ReadAsync(cancel)
        );
}
