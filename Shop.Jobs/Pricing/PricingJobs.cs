using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Uses;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Pricing;

/// <summary>What Pricing does later.</summary>
internal static class PricingJobs
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    public static void Describe(ContextJobs pricing) =>
        pricing
            .Answers<RedeemRequested, RedeemPromotions>(
                (redeem, asked, cancel) => redeem.RunAsync(asked, cancel)
            )
            .Answers<ReleaseRequested, ReleasePromotions>(
                (release, asked, cancel) => release.RunAsync(asked, cancel)
            )
            .Repeats<MakeCodes>(
                "make-codes",
                _look,
                (make, cancel) => make.RunAsync(cancel),
                onEachNode: true
            );
}
