using Shop.Data.Pricing.Rates;
using Shop.GraphQL.Engine.Scalars;

namespace Shop.GraphQL.Pricing.Rates;

/// <summary>A rate as it shall be.</summary>
/// <param name="IdempotencyKey">The same key sets once, however often it is sent; remembered for a week or as the shop is set.</param>
/// <param name="IfVersion">Refused unless the rate of this currency and moment is at this version, 0 where there shall be none; null for whatever it is at.</param>
/// <param name="CurrencyCode">Any currency but the shop's own; also one that is not offered yet.</param>
/// <param name="Rate">What one unit of the shop's currency costs in it: more than 0, up to 1,000,000, with nine decimals at most.</param>
/// <param name="From">The first moment at which it counts, not in the past; now where it is left out. The rate of the same moment is replaced.</param>
internal sealed record ExchangeRateSetInput(
    Guid IdempotencyKey,
    int? IfVersion,
    [property: CurrencyCode] string CurrencyCode,
    decimal Rate,
    DateTimeOffset? From
);

/// <summary>What became of a change of a rate.</summary>
/// <param name="Replayed">True where the key had been used before: the first call did it, nothing new happened.</param>
/// <param name="Problems">Why nothing was changed; empty on success.</param>
[Staff(StaffRole.Pricing)]
internal sealed record ExchangeRatePayload(
    bool Replayed,
    [property: ListSize(20)] IReadOnlyList<Problem> Problems
)
{
    /// <summary>The rate that was set.</summary>
    internal ExchangeRateId? Id { get; init; }

    /// <summary>The rate as it is now; null where nothing was changed.</summary>
    public IDataLoaderResult<ExchangeRate?>? ExchangeRate([FromServices] LoaderContext loaders) =>
        Id is { } id ? loaders.Get<ExchangeRateById>().Load(id) : null;

    internal static ExchangeRatePayload Refused(Problem problem) => new(Replayed: false, [problem]);
}

/// <summary>What staff does with currencies.</summary>
internal sealed class RateMutations(SetExchangeRate setExchangeRate, Asker asker)
{
    /// <summary>
    /// Sets what the shop's currency costs in another one from a moment on; pages and carts go by it from then. Orders that were placed
    /// keep the rate they were reckoned by. A currency is offered once it stands in the shop's settings, too.
    /// </summary>
    /// <param name="input">The rate as it shall be.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Staff(StaffRole.Pricing)]
    public async Task<ExchangeRatePayload> ExchangeRateSetAsync(
        ExchangeRateSetInput input,
        CancellationToken cancel
    )
    {
        var result = await setExchangeRate.RunAsync(
            new(
                input.IdempotencyKey,
                input.CurrencyCode,
                input.Rate,
                input.From,
                input.IfVersion,
                asker.Customer!.Value
            ),
            cancel
        );
        return result switch
        {
            SetExchangeRateResult.Saved saved => new(saved.Replayed, []) { Id = saved.Id },
            SetExchangeRateResult.VersionConflict(var version) => ExchangeRatePayload.Refused(
                new VersionConflict(version) { Field = ["ifVersion"] }
            ),
            SetExchangeRateResult.Refused(var fault) => ExchangeRatePayload.Refused(Problem(fault)),
            SetExchangeRateResult.KeyConflict => ExchangeRatePayload.Refused(new IdempotencyConflict()),
            _ => throw new InvalidOperationException($"{result} is no way to end."),
        };
    }

    private static InvalidInput Problem(ExchangeRateFault fault) =>
        fault switch
        {
            ExchangeRateFault.Currency => new(
                "The shop's own currency has no exchange rate.",
                ["currencyCode"]
            ),
            ExchangeRateFault.Rate => new(
                "A rate is more than 0, up to 1,000,000, with nine decimals at most.",
                ["rate"]
            ),
            ExchangeRateFault.StartsAt => new("A rate cannot begin in the past.", ["from"]),
            ExchangeRateFault.TooMany => new(
                $"At most {SetExchangeRate.MaxPlanned} rates of a currency are planned.",
                []
            ),
            _ => throw new InvalidOperationException($"{fault} is no fault."),
        };
}
