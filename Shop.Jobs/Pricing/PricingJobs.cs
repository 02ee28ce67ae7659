using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Uses;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Pricing;

/// <summary>What Pricing does later.</summary>
internal static class PricingJobs
{
    public static void Describe(ContextJobs pricing) =>
        pricing
            .Answers<RedeemRequested, RedeemPromotions>(
                (redeem, asked, cancel) => redeem.RunAsync(asked, cancel)
            )
            .Answers<ReleaseRequested, ReleasePromotions>(
                (release, asked, cancel) => release.RunAsync(asked, cancel)
            );
}
