using Microsoft.Extensions.Options;
using Shop.Data.Channels;
using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Pricing.Taxes.Asking;

namespace Shop.Data.Pricing;

/// <summary>A cart that staff tries.</summary>
/// <param name="Lines">One or more, in one currency; each SKU once.</param>
/// <param name="At">The moment for which it is quoted; null for now.</param>
/// <param name="Buyer">Who buys.</param>
/// <param name="Destination">Where it goes; null where that is not known.</param>
/// <param name="Method">How it goes; null where that is not known.</param>
/// <param name="Codes">What the customer has typed, as it is stored.</param>
/// <param name="Promotion">A promotion that is not saved; null for none.</param>
/// <param name="InsteadOf">A promotion that shall not run; null for none.</param>
public sealed record PreviewQuoteRequest(
    IReadOnlyList<QuoteLine> Lines,
    DateTimeOffset? At,
    Buyer Buyer,
    Destination? Destination,
    ShippingMethod? Method,
    IReadOnlyList<string> Codes,
    Promotion? Promotion,
    PromotionId? InsteadOf
);

/// <summary>Every way <see cref="PreviewQuote"/> can end that a client can do something about.</summary>
public abstract record PreviewQuoteResult
{
    private PreviewQuoteResult() { }

    /// <summary>What it would cost.</summary>
    public sealed record Quoted(Quote Quote) : PreviewQuoteResult;

    /// <summary>No promotion can be as the one that is tried.</summary>
    public sealed record Refused(IReadOnlyList<PromotionFault> Faults) : PreviewQuoteResult;
}

/// <summary>
/// What a cart would cost, by the promotions that run or are to run and by one that is not saved yet. It is the quote that an order
/// is placed by, and writes nothing.
/// </summary>
public sealed class PreviewQuote(
    RunningPromotions running,
    CurrentTaxes taxes,
    QuoteWithTaxes quoteWithTaxes,
    FindCodes findCodes,
    IOptions<ChannelOptions> channel,
    TimeProvider clock
)
{
    // Of promotions of one priority, a new one comes last.
    private static readonly PromotionId _new = new(long.MaxValue);

    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public async Task<PreviewQuoteResult> RunAsync(PreviewQuoteRequest request, CancellationToken cancel)
    {
        if (request.Promotion is { } one && PromotionFaults.Of(one).ToList() is { Count: > 0 } faults)
        {
            return new PreviewQuoteResult.Refused(faults);
        }

        var at = channel.Value.LocalTime(request.At ?? clock.GetUtcNow());
        return new PreviewQuoteResult.Quoted(
            await quoteWithTaxes.OfAsync(
                new()
                {
                    Currency = request.Lines[0].UnitPrice.Currency,
                    At = at,
                    Lines = request.Lines,
                    Buyer = request.Buyer,
                    Destination = request.Destination,
                    Method = request.Method,
                    Taxes = await taxes.TermsAsync(
                        request.Destination,
                        request.Buyer.TaxExemption,
                        at,
                        cancel
                    ),
                    Codes = await findCodes.RunAsync(request.Codes, cancel),
                },
                Tried(request, await running.ReadAsync(cancel)),
                QuoteFor.Order,
                cancel
            )
        );
    }

    private static PromotionBook Tried(PreviewQuoteRequest request, PromotionBook running)
    {
        var others = running.All.Where(one => one.Id != request.InsteadOf);
        return new(
            request.Promotion is { } tried
                ? others.Append(tried with { Id = request.InsteadOf ?? _new })
                : others,
            running.UsedUp
        );
    }
}
