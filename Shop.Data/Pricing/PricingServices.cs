using Microsoft.Extensions.DependencyInjection;
using Shop.Data.Audit;
using Shop.Data.Channels;
using Shop.Data.Messages;
using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Edit;
using Shop.Data.Pricing.Rates;
using Shop.Data.Pricing.Sample;
using Shop.Data.Pricing.Taxes;
using Shop.Data.Pricing.Taxes.Asking;
using Shop.Data.Pricing.Uses;

namespace Shop.Data.Pricing;

/// <summary>Registers Pricing.</summary>
public static class PricingServices
{
    /// <summary>Its database, its verbs, the promotions that run, and the taxes.</summary>
    public static IServiceCollection AddPricing(this IServiceCollection services) =>
        services
            .AddChannels()
            .AddDatabase<PricingDb>()
            .AddLocalMessages<PricingDb>()
            .AddSingleton<RunningPromotions>()
            .AddSingleton<CurrentTaxes>()
            .AddSingleton<CurrentRates>()
            .AddSingleton<CurrentQuotes>()
            .AddTaxService()
            .AddHostedService<HearPromotions>()
            .AddSingleton<PromotionChange>()
            .AddSingleton<SavePromotion>()
            .AddSingleton<PausePromotion>()
            .AddSingleton<SaveTaxZone>()
            .AddSingleton<SetExchangeRate>()
            .AddSingleton<CreateCodes>()
            .AddSingleton<MakeCodes>()
            .AddSingleton<ReadCodes>()
            .AddSingleton<FindCodes>()
            .AddSettings<CodeOptions>(CodeOptions.Section)
            .AddRedis()
            .AddSingleton<TryCode>()
            .AddSingleton<PreviewQuote>()
            .AddSingleton<SampleTerms>()
            .AddSingleton<RedeemPromotions>()
            .AddSingleton<ReleasePromotions>()
            .AddSingleton<UseConsistency>()
            .AddIdempotencyKeys<PricingDb>()
            .AddAuditBook<PricingDb>();
}
