using Microsoft.Extensions.Options;
using Shop.Data.Outside;
using Shop.Data.Pricing.Quoting;

namespace Shop.Data.Shipping.Rates;

/// <summary>
/// What carriers themselves charge, where ways to ship name a service of theirs. All services that customers can choose are asked for at
/// once, so that a cart, its options and its order share one question and one answer.
/// </summary>
public sealed class CarrierRates(
    OutsideAnswers<IReadOnlyDictionary<string, Money>> answers,
    OutsideHttp http,
    IOptions<RateOptions> options
)
{
    /// <summary>What is told for a way; nothing where its price is not one that carriers tell, and where they do not answer.</summary>
    /// <param name="book">What the shop says of shipping.</param>
    /// <param name="way">The way; null as long as none is chosen.</param>
    /// <param name="parcel">What is to go where; null where nothing is, and as long as that is not known.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<ToldRates> ReadAsync(
        ShippingBook book,
        ShippingMethodId? way,
        Parcel? parcel,
        CancellationToken cancel
    ) =>
        book.Methods.Any(method => method.Id == way && method is { IsActive: true, Service: not null })
            ? ReadAsync(book, parcel, cancel)
            : Task.FromResult(ToldRates.None);

    /// <summary>What is told for all ways that customers can choose.</summary>
    /// <param name="book">What the shop says of shipping.</param>
    /// <param name="parcel">What is to go where; null where nothing is, and as long as that is not known.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<ToldRates> ReadAsync(ShippingBook book, Parcel? parcel, CancellationToken cancel)
    {
        if (options.Value.Address is not { } address || parcel is null || book.Services.Count == 0)
        {
            return ToldRates.None;
        }

        var question = RateLetter.Question(book.Services, parcel);
        var told = await answers.AskAsync(question, PostAsync, options.Value.TimeLimit, cancel);
        return told is null ? ToldRates.None : new(told);

        async Task<IReadOnlyDictionary<string, Money>> PostAsync(CancellationToken stop) =>
            RateLetter.Read(
                await http.SendAsync<RateAnswer>(HttpMethod.Post, address, options.Value.Key, question, stop),
                parcel.Currency
            );
    }
}

/// <summary>What carriers have told for one parcel.</summary>
public sealed class ToldRates
{
    private readonly IReadOnlyDictionary<string, Money>? _prices;

    internal ToldRates(IReadOnlyDictionary<string, Money>? prices) => _prices = prices;

    /// <summary>Nothing: tables count.</summary>
    public static ToldRates None { get; } = new(prices: null);

    /// <summary>For a way; null where its table counts.</summary>
    internal ToldRate? Of(Method method) =>
        _prices is not null && method.Service is { } service
            ? new(_prices.TryGetValue(service, out var price) ? price : null)
            : null;
}
