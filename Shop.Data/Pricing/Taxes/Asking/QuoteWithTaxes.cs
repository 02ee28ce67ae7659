using Microsoft.Extensions.Options;
using Shop.Data.Channels;
using Shop.Data.Outside;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Pricing.Taxes.Asking;

/// <summary>For what a quote is made: by that, how long a service outside may take, and whether it is asked at all.</summary>
public enum QuoteFor
{
    /// <summary>To show what else there is, many at once: the shop's own zones will do.</summary>
    Choice,

    /// <summary>To show a cart.</summary>
    Cart,

    /// <summary>To place an order.</summary>
    Order,
}

/// <summary>
/// The quote, with taxes by a service outside where the shop has one: quoted without, asked, quoted with what was told. The same question
/// is answered alike for a while, so that an order is charged what its cart has shown.
/// </summary>
public sealed class QuoteWithTaxes(
    ITaxSource source,
    OutsideAnswers<ToldTaxes> answers,
    IOptions<TaxServiceOptions> options,
    IOptions<ChannelOptions> channel,
    TimeProvider clock
)
{
    // So long a client is asked to wait. Some of them find the breaker still open, and are asked again.
    private static readonly TimeSpan _askAgain = TimeSpan.FromSeconds(10);

    /// <summary>Whether a service outside reckons taxes.</summary>
    public bool AsksOutside => options.Value.Address is not null;

    /// <summary>The quote. Where the service is away and orders are refused then, <see cref="Quote.TaxesKnownAt"/> says so.</summary>
    /// <param name="request">All that it depends on.</param>
    /// <param name="book">The promotions.</param>
    /// <param name="of">For what it is made.</param>
    /// <param name="cancel">Ends the wait.</param>
    internal async Task<Quote> OfAsync(
        QuoteRequest request,
        PromotionBook book,
        QuoteFor of,
        CancellationToken cancel
    )
    {
        var quote = Quote.Of(request, book);
        // Where it goes to nobody knows where, home's taxes are shown.
        if (!AsksOutside || of == QuoteFor.Choice || request.Destination is null || request.Lines.Count == 0)
        {
            return quote;
        }

        var question = TaxQuestion.Of(quote, request, channel.Value);
        var limit = of == QuoteFor.Order ? options.Value.OrderLimit : options.Value.CartLimit;
        if (
            await answers.AskAsync(question, stop => source.ReckonAsync(question, stop), limit, cancel) is
            { } told
        )
        {
            var taxed = Quote.Of(request with { Taxes = request.Taxes with { Told = told } }, book);
            return taxed with { Document = DocumentOf(taxed, question) };
        }

        var estimated = quote with { IsEstimated = true };
        return options.Value.WhenAway == WhenAway.Refuse
            ? estimated with
            {
                TaxesKnownAt = clock.GetUtcNow() + _askAgain,
            }
            : estimated with
            {
                Document = DocumentOf(estimated, question),
            };
    }

    private static TaxDocument DocumentOf(Quote quote, TaxQuestion question) =>
        new(
            question,
            [.. quote.Lines.Select(line => line.Due.Tax.Minor)],
            quote.Shipping?.Due.Tax.Minor ?? 0,
            quote.IsEstimated
        );
}
