using Shop.Data.Catalog;
using Shop.Data.Catalog.Prices;

namespace Shop.GraphQL.Catalog.Prices;

/// <summary>What staff does with price lists.</summary>
internal sealed class PriceListMutations(
    SavePriceList savePriceList,
    SetListPrices setListPrices,
    LoaderContext loaders,
    Asker asker
)
{
    /// <summary>
    /// Makes a price list, or changes it; its version rises by one, and pages and carts go by it from now on. At most 100 lists count
    /// or are to count; one ends by its `endsAt`.
    /// </summary>
    /// <param name="input">The list as it shall be.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<PriceListPayload> PriceListSaveAsync(
        PriceListSaveInput input,
        CancellationToken cancel
    ) =>
        PriceListPayload.Of(
            await savePriceList.RunAsync(
                new(
                    input.IdempotencyKey,
                    input.Id,
                    input.IfVersion,
                    input.PriceList.ToList(),
                    asker.Customer!.Value
                ),
                cancel
            ),
            input.Id,
            "id"
        );

    /// <summary>
    /// Sets prices of a list, or takes them out, all or none; the list's version rises by one. Customers who have seen another price in
    /// their cart are asked again before they pay the new one.
    /// </summary>
    /// <param name="input">Which, of which list.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Pricing), Cost(50)]
    public async Task<PriceListPayload> PriceListPricesSetAsync(
        PriceListPricesSetInput input,
        CancellationToken cancel
    )
    {
        var variants = await LoaderResults
            .All(input.Prices.Select(price => price.Variant.LoadNamed(loaders)))
            .GetResultAsync(cancel);
        List<Problem> problems =
        [
            .. input.Prices.Count == 0
                ? [new InvalidInput("There has to be a price.", ["prices"])]
                : Array.Empty<Problem>(),
            .. variants
                .Index()
                .Where(each => each.Item is null)
                .Select(each => new NotFound(
                    "There is no such SKU.",
                    ["prices", $"{each.Index}", "variant"],
                    null
                )),
        ];
        return problems.Count > 0
            ? PriceListPayload.Refused(problems)
            : PriceListPayload.Of(
                await setListPrices.RunAsync(
                    new(
                        input.IdempotencyKey,
                        input.PriceListId,
                        input.IfVersion,
                        [.. input.Prices.Zip(variants, (price, variant) => price.ToSet(variant!.Id))],
                        asker.Customer!.Value
                    ),
                    cancel
                ),
                input.PriceListId,
                "priceListId"
            );
    }
}

/// <summary>What became of a change of a price list.</summary>
/// <param name="Replayed">True where the key had been used before: the first call did it, nothing new happened.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
[Staff(StaffRole.Pricing)]
internal sealed record PriceListPayload(
    bool Replayed,
    [property: ListSize(20)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>The list that was changed.</summary>
    internal PriceListId? Id { get; init; }

    /// <summary>The list as it is now; null where nothing was changed.</summary>
    public IDataLoaderResult<PriceList?>? PriceList([FromServices] LoaderContext loaders) =>
        Id is { } id ? loaders.Get<PriceListById>().Load(id) : null;

    internal static PriceListPayload Refused(params IReadOnlyList<Problem> problems) =>
        new(Replayed: false, problems);

    /// <param name="result">What the verb said.</param>
    /// <param name="id">Which list was asked for; null for a new one.</param>
    /// <param name="field">Where the input names it.</param>
    internal static PriceListPayload Of(PriceListResult result, PriceListId? id, string field) =>
        result switch
        {
            PriceListResult.Saved saved => new(saved.Replayed, []) { Id = saved.Id },
            PriceListResult.NotFound => Refused(
                new NotFound(
                    "There is no such price list.",
                    [field],
                    id is { } known ? GlobalId.Of(known) : null
                )
            ),
            PriceListResult.VersionConflict(var version) => Refused(
                new VersionConflict(version) { Field = ["ifVersion"] }
            ),
            PriceListResult.Refused(var faults) => Refused([.. faults.Select(Problem)]),
            PriceListResult.KeyConflict => Refused(new IdempotencyConflict()),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };

    private static InvalidInput Problem(PriceListFault fault)
    {
        var (message, field) = fault.Kind switch
        {
            PriceListFaultKind.Title => ("It has 1 to 200 characters.", "title"),
            PriceListFaultKind.Currency => (
                "It is an ISO 4217 code, and a list keeps the one that it has.",
                "currencyCode"
            ),
            PriceListFaultKind.Group => ("It has 1 to 40 characters that can be seen.", "customerGroup"),
            PriceListFaultKind.EndsAt => ("It ends after it starts.", "endsAt"),
            PriceListFaultKind.TooMany => (
                $"At most {Data.Catalog.Prices.PriceList.MaxRunning} lists count or are to count.",
                "endsAt"
            ),
            PriceListFaultKind.Amount => (
                $"It has to be more than zero, at most {ProductRules.MaxPrice}, and no finer than the list's currency is.",
                "price"
            ),
            PriceListFaultKind.CompareAt => (
                $"It has to be more than the price, at most {ProductRules.MaxPrice}, and no finer than the list's currency is.",
                "compareAtPrice"
            ),
            PriceListFaultKind.MinUnits => (
                $"It has to be 1 to {Data.Catalog.Prices.ListPrice.MaxUnits}.",
                "minUnits"
            ),
            PriceListFaultKind.Twice => ("A price before is for the same units of this SKU.", "variant"),
            _ => throw new InvalidOperationException($"{fault} is no fault."),
        };
        return new(message, fault.Price < 0 ? ["priceList", field] : ["prices", $"{fault.Price}", field]);
    }
}
