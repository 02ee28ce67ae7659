using Microsoft.Extensions.Options;
using Shop.Data.Channels;
using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Promotions;
using Shop.Data.Pricing.Taxes;

namespace Shop.Data.Pricing.Sample;

/// <summary>
/// Three promotions for whoever tries the shop on the sample catalogue: one that takes something off the first cart, one that says
/// what is missing for it, and one that waits for a code; and a tax at home that is in the prices already. The audit trail names no
/// customer, number 0, as the one who planned them.
/// </summary>
public sealed class SampleTerms(
    SavePromotion savePromotion,
    SaveTaxZone saveTaxZone,
    CreateCodes createCodes,
    FindCodes findCodes,
    IOptions<ShopOptions> shop,
    IOptions<ChannelOptions> channel
)
{
    /// <summary>What a customer types for 5.00 off an order of 20.00 or more, once.</summary>
    public const string Code = "WELCOME";

    private static readonly CustomerId _operator = new(0);

    /// <summary>
    /// Plans them, unless they were. The code is made last: where there is one, all is there. Each has a key, so that what was killed is
    /// finished by the next call.
    /// </summary>
    /// <param name="cancel">Ends it; the next call goes on.</param>
    /// <returns>Whether they were planned now.</returns>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        var known = await findCodes.RunAsync([Code], cancel);
        if (known[0].Promotion is not null)
        {
            return false;
        }

        await TaxAsync(new("0199f2b4-0000-7000-8000-00000000000e"), cancel);
        await PlanAsync("0199f2b4-0000-7000-8000-00000000000a", Bestsellers, cancel);
        await PlanAsync("0199f2b4-0000-7000-8000-00000000000b", Hearts, cancel);
        var welcome = await PlanAsync("0199f2b4-0000-7000-8000-00000000000c", Welcome, cancel);
        var key = new Guid("0199f2b4-0000-7000-8000-00000000000d");
        var made = await createCodes.RunAsync(
            new(key, welcome, [Code], Made: 0, Prefix: "", EndsAt: null, _operator),
            cancel
        );
        return made is CreateCodesResult.Created;
    }

    private static Promotion Bestsellers =>
        new()
        {
            Id = default,
            Title = "10 % off bestsellers",
            Action = new LinesPercent(PerMillion: 100_000, Tagged("bestseller"), Max: null),
        };

    private static Promotion Hearts =>
        new()
        {
            Id = default,
            Title = "3 for 2 on hearts",
            IsAdvertised = true,
            Action = new BuyGet(
                Tagged("heart"),
                BuyUnits: 2,
                Tagged("heart"),
                GetUnits: 1,
                PerMillion: 1_000_000,
                Times: null,
                Spread.OnGot
            ),
        };

    private Promotion Welcome =>
        new()
        {
            Id = default,
            Title = "Welcome: 5.00 off from 20.00",
            NeedsCode = true,
            Limits = [new(LimitPer.Customer, 1)],
            When = new SubtotalIs([Of(20)], Items.All, Measured.SoFar),
            Action = new AmountOff(PromotionStage.Order, [Of(5)], AmountPer.Total, Items.All),
        };

    private static Items Tagged(string tag) => new() { Any = [new ItemsOf.Tags([tag])] };

    private Money Of(decimal amount) => Money.Of(amount, shop.Value.Currency);

    private async Task TaxAsync(Guid key, CancellationToken cancel)
    {
        var home = new StoredTaxZone
        {
            Id = default,
            Title = "Home",
            Places = new([channel.Value.Country], [], []),
            Rates =
            [
                new(
                    TaxClasses.Standard,
                    "VAT",
                    PerMillion: 200_000,
                    IsCompound: false,
                    From: null,
                    Until: null
                ),
            ],
        };
        var result = await saveTaxZone.RunAsync(new(key, Id: null, IfVersion: null, home, _operator), cancel);
        if (result is not SaveTaxZoneResult.Saved)
        {
            throw new InvalidOperationException($"{home.Title} cannot be taxed: {result}.");
        }
    }

    private async Task<PromotionId> PlanAsync(string key, Promotion promotion, CancellationToken cancel)
    {
        var result = await savePromotion.RunAsync(
            new(new(key), Id: null, IfVersion: null, promotion, _operator),
            cancel
        );
        return result is SavePromotionResult.Saved(var id, _)
            ? id
            : throw new InvalidOperationException($"{promotion.Title} cannot be planned: {result}.");
    }
}
