using Shop.Data.Pricing.Codes;
using Shop.Data.Pricing.Messages;
using Shop.Data.Pricing.Taxes.Asking;
using Shop.Data.Pricing.Uses;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Pricing;

/// <summary>What Pricing does later.</summary>
internal static class PricingJobs
{
    private static readonly TimeSpan _often = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    public static void Describe(ContextJobs pricing) =>
        pricing
            .Answers<RedeemRequested, RedeemPromotions>(
                (redeem, asked, cancel) => redeem.RunAsync(asked, cancel)
            )
            .Answers<ReleaseRequested, ReleasePromotions>(
                (release, asked, cancel) => release.RunAsync(asked, cancel)
            )
            .Answers<TaxCommitRequested, KeepDocuments>((keep, asked, cancel) => keep.RunAsync(asked, cancel))
            .Repeats<TellDocuments>(
                "tell-taxes",
                _often,
                (tell, cancel) => tell.RunAsync(cancel),
                onEachNode: true
            )
            .Repeats<MakeCodes>(
                "make-codes",
                _look,
                (make, cancel) => make.RunAsync(cancel),
                onEachNode: true
            );
}
