using Shop.Data.Carts;
using Shop.Data.Pricing.Rates;
using Shop.GraphQL.Pricing;

namespace Shop.GraphQL.Carts;

/// <summary>What shoppers do with carts.</summary>
internal sealed class CartMutations(
    CartStore carts,
    MergeCarts mergeCarts,
    ClaimCart claimCart,
    CartPrices prices,
    PricesNow now,
    CurrentRates rates,
    FindCurrency findCurrency,
    Asker asker
)
{
    /// <summary>
    /// Makes a cart, with what is put into it at once; all its lines are selected. It is the customer's own, if the client is
    /// signed in and has none.
    /// </summary>
    /// <param name="input">What is in it.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CartPayload> CartCreateAsync(CartCreateInput input, CancellationToken cancel)
    {
        var currency = input.CurrencyCode ?? now.Currency;
        if ((await findCurrency(currency, cancel)).Refusal is { } refusal)
        {
            return CartPayload.Refused(new InvalidInput(refusal, ["currencyCode"]));
        }

        var (items, problems) = await prices.OfAsync(input.Lines ?? [], currency, cancel);
        if (problems.Count > 0)
        {
            return CartPayload.Refused(problems);
        }

        var call = CartCall.Of(input.IdempotencyKey, "create", input);
        var result = await carts.Once(call).CreateAsync(currency, items, cancel);
        if (result is CartResult.Done(var made) && asker.Customer is { } customer)
        {
            await claimCart.OfferAsync(customer, made.Id, cancel);
        }

        return CartPayload.Of(result);
    }

    /// <summary>
    /// Puts SKUs into a cart; new lines are selected. More of a SKU that is there adds up in its line. Not idempotent
    /// without `idempotencyKey` or `ifVersion`.
    /// </summary>
    /// <param name="input">What goes into which cart.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CartPayload> CartLinesAddAsync(CartLinesAddInput input, CancellationToken cancel)
    {
        var call = CartCall.Of(input.IdempotencyKey, "add", input);
        var (items, problems) = await prices.OfAsync(
            input.Lines,
            await CurrencyAsync(input.CartId, cancel),
            cancel
        );
        return problems.Count > 0
            ? await RefusedAsync(input.CartId, call, problems, cancel)
            : CartPayload.Of(await carts.Once(call).AddAsync(input.CartId, items, input.IfVersion, cancel));
    }

    /// <summary>Sets quantities; 0 takes a line out. The shopper is taken to have seen the prices of these lines.</summary>
    /// <param name="input">Which lines, and how many.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CartPayload> CartLinesUpdateAsync(CartLinesUpdateInput input, CancellationToken cancel)
    {
        var call = CartCall.Of(input.IdempotencyKey, "update", input);
        var (changes, problems) = await prices.OfAsync(
            input.Lines,
            await CurrencyAsync(input.CartId, cancel),
            cancel
        );
        return problems.Count > 0
            ? await RefusedAsync(input.CartId, call, problems, cancel)
            : CartPayload.Of(
                await carts.Once(call).UpdateAsync(input.CartId, changes, input.IfVersion, cancel)
            );
    }

    /// <summary>Takes lines out.</summary>
    /// <param name="input">Which.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CartPayload> CartLinesRemoveAsync(
        CartLinesRemoveInput input,
        CancellationToken cancel
    ) =>
        CartPayload.Of(
            await carts
                .Once(CartCall.Of(input.IdempotencyKey, "remove", input))
                .RemoveAsync(input.CartId, input.LineIds, input.IfVersion, cancel),
            index => ["lineIds", $"{index}"]
        );

    /// <summary>Selects lines for the order, or leaves them out of it: the tick boxes.</summary>
    /// <param name="input">Which, and whether.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CartPayload> CartLinesSelectAsync(
        CartLinesSelectInput input,
        CancellationToken cancel
    ) =>
        CartPayload.Of(
            await carts
                .Once(CartCall.Of(input.IdempotencyKey, "select", input))
                .SelectAsync(input.CartId, input.LineIds, input.Selected, input.IfVersion, cancel),
            index => ["lineIds", $"{index}"]
        );

    /// <summary>
    /// Puts a guest's cart into a customer's. Quantities of one SKU add up, to at most 10,000; new lines bring their ticks.
    /// Can be repeated, and after a failure should be: nothing is added twice.
    /// </summary>
    /// <param name="input">Which into which.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<CartPayload> CartMergeAsync(CartMergeInput input, CancellationToken cancel) =>
        input.CartId == input.FromCartId
            ? CartPayload.Refused(new InvalidInput("A cart cannot go into itself.", ["fromCartId"]))
            : CartPayload.Of(
                await mergeCarts.RunAsync(input.FromCartId, input.CartId, input.IfVersion, cancel),
                _ => ["fromCartId"]
            );

    // It keeps the currency that it was made in. Where there is one alone, nobody need look.
    private async Task<string> CurrencyAsync(CartId cart, CancellationToken cancel) =>
        rates.HasOthers && await carts.FindAsync(cart, cancel) is { } found ? found.Currency : now.Currency;

    // What is no longer sold may have been when the call was made first.
    private async Task<CartPayload> RefusedAsync(
        CartId cart,
        CartCall? call,
        IReadOnlyList<Problem> problems,
        CancellationToken cancel
    ) =>
        call is not null && await carts.Once(call).ReplayAsync(cart, cancel) is { } earlier
            ? CartPayload.Of(earlier)
            : CartPayload.Refused(problems);
}
