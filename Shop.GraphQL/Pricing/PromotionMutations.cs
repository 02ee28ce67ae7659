using Microsoft.Extensions.Options;
using Shop.Data.Catalog;
using Shop.Data.Catalog.Prices;
using Shop.Data.Checkout;
using Shop.Data.Pricing;
using Shop.Data.Pricing.Edit;

namespace Shop.GraphQL.Pricing;

/// <summary>What staff does with promotions.</summary>
internal sealed class PromotionMutations(
    SavePromotion savePromotion,
    PausePromotion pausePromotion,
    PreviewQuote previewQuote,
    ShippingTo shippingTo,
    CurrentPrices prices,
    FindCurrency findCurrency,
    LoaderContext loaders,
    Asker asker,
    IOptions<ShopOptions> options,
    TimeProvider clock
)
{
    /// <summary>
    /// Makes a promotion, or changes it; its version rises by one, and carts are quoted by it from now on. Orders that were
    /// placed keep what they were promised.
    /// </summary>
    /// <param name="input">The promotion as it shall be.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<PromotionPayload> PromotionSaveAsync(PromotionSaveInput input, CancellationToken cancel)
    {
        var result = await savePromotion.RunAsync(
            new(
                input.IdempotencyKey,
                input.Id,
                input.IfVersion,
                input.Promotion.ToPromotion(),
                asker.Customer!.Value
            ),
            cancel
        );
        return Of(result, input.Id);
    }

    /// <summary>
    /// Stops a promotion at once; its version rises by one. It runs again when it is saved without `pausedAt`. Orders that were placed
    /// keep what they were promised.
    /// </summary>
    /// <param name="input">Which one.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<PromotionPayload> PromotionPauseAsync(
        PromotionPauseInput input,
        CancellationToken cancel
    ) =>
        Of(
            await pausePromotion.RunAsync(
                new(input.IdempotencyKey, input.Id, input.IfVersion, asker.Customer!.Value),
                cancel
            ),
            input.Id
        );

    /// <summary>
    /// What a cart would cost, at any moment and by a promotion that is not saved yet: as `orderPlace` would charge. Writes
    /// nothing.
    /// </summary>
    /// <param name="input">What is in the cart, and when.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Pricing), Cost(10)]
    public async Task<QuotePreviewPayload> QuotePreviewAsync(
        QuotePreviewInput input,
        CancellationToken cancel
    )
    {
        var variants = await LoaderResults
            .All(input.Lines.Select(line => line.Variant.LoadNamed(loaders)))
            .GetResultAsync(cancel);
        var problems = input.Faults([.. variants.Select(variant => variant?.Id)]).ToList();
        if (problems.Count > 0)
        {
            return QuotePreviewPayload.Refused(problems);
        }

        var ids = variants.Select(variant => variant!.Id).ToList();
        var sold = await prices.ReadAsync(ids, cancel);
        var gone = ids.Index().Where(line => !sold.ContainsKey(line.Item)).ToList();
        if (gone.Count > 0)
        {
            return QuotePreviewPayload.Refused([
                .. gone.Select(line => QuotePreviewInput.NotSold(line.Index)),
            ]);
        }

        var currency = input.CurrencyCode ?? options.Value.Currency;
        var named = await findCurrency(currency, cancel);
        if (named.Refusal is { } refusal)
        {
            return QuotePreviewPayload.Refused(new InvalidInput(refusal, ["currencyCode"]));
        }

        var context = new PriceContext(currency, input.Groups, input.At ?? clock.GetUtcNow())
        {
            Conversion = named.Conversion,
        };
        var lines = ids.Zip(
                input.Lines,
                (id, line) =>
                    QuoteLines.Of(
                        sold[id].Traits,
                        sold[id].Prices.Of(context, line.Quantity).Price,
                        line.Quantity
                    )
            )
            .ToList();
        var method = await shippingTo(input.ShippingMethod, input.Place, lines, cancel);
        var result = await previewQuote.RunAsync(
            input.ToRequest(lines, method?.In(currency, named.Conversion)),
            cancel
        );
        return result switch
        {
            PreviewQuoteResult.Quoted(var quote) => QuotePreviewPayload.Of(quote),
            PreviewQuoteResult.Refused(var faults) => QuotePreviewPayload.Refused([
                .. faults.Select(PromotionInput.Problem),
            ]),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };
    }

    private static PromotionPayload Of(SavePromotionResult result, PromotionId? id) =>
        result switch
        {
            SavePromotionResult.Saved saved => new(saved.Replayed, []) { Id = saved.Id },
            SavePromotionResult.NotFound => PromotionPayload.Refused(NoPromotion(id, "id")),
            SavePromotionResult.VersionConflict(var version) => PromotionPayload.Refused(
                new VersionConflict(version) { Field = ["ifVersion"] }
            ),
            SavePromotionResult.Refused(var faults) => PromotionPayload.Refused([
                .. faults.Select(PromotionInput.Problem),
            ]),
            SavePromotionResult.KeyConflict => PromotionPayload.Refused(new IdempotencyConflict()),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };

    internal static NotFound NoPromotion(PromotionId? id, string field) =>
        new("There is no such promotion.", [field], id is { } known ? GlobalId.Of(known) : null);
}

/// <summary>What became of a change of a promotion.</summary>
/// <param name="Replayed">True where the key had been used before: the first call did it, nothing new happened.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
[Staff(StaffRole.Pricing)]
internal sealed record PromotionPayload(
    bool Replayed,
    [property: ListSize(20)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>The promotion that was changed.</summary>
    internal PromotionId? Id { get; init; }

    /// <summary>The promotion as it is now; null where nothing was changed.</summary>
    public IDataLoaderResult<Promotion?>? Promotion([FromServices] LoaderContext loaders) =>
        Id is { } id ? loaders.Get<PromotionById>().Load(id) : null;

    internal static PromotionPayload Refused(params IReadOnlyList<Problem> problems) =>
        new(Replayed: false, problems);
}
