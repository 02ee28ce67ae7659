using Shop.Data.Inventory;
using Shop.GraphQL.Catalog;

namespace Shop.GraphQL.Inventory;

/// <summary>What staff does with stock. Orders and these take turns, SKU by SKU.</summary>
internal sealed class StockMutations(
    SetStock setStock,
    AdjustStock adjustStock,
    LoaderContext loaders,
    Asker asker
)
{
    /// <summary>
    /// Sets what is available of a SKU, such as after counting it; with `changeFrom` only if nothing was sold since.
    /// `StockChanged` tells what there is otherwise.
    /// </summary>
    /// <param name="input">Of what, and how many.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Stock)]
    public async Task<StockPayload> StockSetAsync(StockSetInput input, CancellationToken cancel)
    {
        if (await FindAsync(input.Variant, cancel) is not { } variant)
        {
            return NoVariant(input.Variant);
        }

        var result = await setStock.RunAsync(
            new(input.IdempotencyKey, variant, input.Available, input.ChangeFrom, asker.Customer!.Value),
            cancel
        );
        return Payload(result, variant, requested: 0);
    }

    /// <summary>
    /// Adds units to what is available of a SKU, or takes some away: goods that came in, broke or were found. Never below
    /// zero: `InsufficientStock` tells how many there are.
    /// </summary>
    /// <param name="input">Of what, how many, and why.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Stock)]
    public async Task<StockPayload> StockAdjustAsync(StockAdjustInput input, CancellationToken cancel)
    {
        List<Problem> problems = [.. TextFaults.Line(input.Reason, ["reason"])];
        if (input.By == 0)
        {
            problems.Add(new InvalidInput("It has to be more than zero, or less.", ["by"]));
        }

        if (problems.Count > 0)
        {
            return StockPayload.Refused(problems);
        }

        if (await FindAsync(input.Variant, cancel) is not { } variant)
        {
            return NoVariant(input.Variant);
        }

        var result = await adjustStock.RunAsync(
            new(input.IdempotencyKey, variant, input.By, input.Reason.Trim(), asker.Customer!.Value),
            cancel
        );
        return Payload(result, variant, requested: -input.By);
    }

    private async Task<VariantId?> FindAsync(ProductVariantBy by, CancellationToken cancel) =>
        (await by.LoadNamed(loaders).GetResultAsync(cancel))?.Id;

    private static StockPayload Payload(StockChangeResult result, VariantId variant, int requested) =>
        result switch
        {
            StockChangeResult.Changed(var id, var replayed) => new(replayed, []) { VariantId = id },
            StockChangeResult.ChangedBefore(var available) => StockPayload.Refused(
                new StockChanged(variant, available)
            ),
            StockChangeResult.TooFew(var available) => StockPayload.Refused(
                new InsufficientStock(variant, requested, available) { Field = ["by"] }
            ),
            StockChangeResult.TooMany => StockPayload.Refused(
                new InvalidInput($"There are at most {StockChange.MaxUnits} of a SKU.", ["by"])
            ),
            StockChangeResult.KeyConflict => StockPayload.Refused(new IdempotencyConflict()),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };

    private static StockPayload NoVariant(ProductVariantBy by) =>
        StockPayload.Refused(
            new NotFound("There is no such SKU.", ["variant"], by.Id is { } id ? GlobalId.Of(id) : null)
        );
}
