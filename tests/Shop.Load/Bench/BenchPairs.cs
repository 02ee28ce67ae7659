using Shop.Load.Measure;

namespace Shop.Load.Bench;

/// <summary>
/// What settings cost: orders accepted per second by two shops of their own, one as it is by default and one with those settings, which
/// take turns, so that a machine whose speed drifts is not taken for them.
/// </summary>
internal static class BenchPairs
{
    // After a pause in which the other was at work.
    private const int WarmUp = 500;

    /// <summary>What is measured.</summary>
    /// <param name="Orders">Of each rush.</param>
    /// <param name="Turns">Pairs of rushes.</param>
    /// <param name="Concurrency">Clients at once.</param>
    internal sealed record Plan(int Orders, int Turns, int Concurrency);

    /// <returns>0; 1 if the second accepts less than <c>--least</c> of what the first does, in hundredths.</returns>
    public static async Task<int> RunAsync(ShopAddress _, Arguments arguments, CancellationToken cancel)
    {
        var with =
            arguments.Text("with") ?? throw new UsageException("--with NAME=VALUE, several parted by ';'");
        var plan = new Plan(
            arguments.Number("orders", otherwise: 2_000, min: 100, max: 50_000),
            arguments.Number("turns", otherwise: 12, min: 1, max: 100),
            arguments.Number("concurrency", otherwise: 128, min: 1, max: 256)
        );
        var least = arguments.Number("least", otherwise: 0, min: 0, max: 100);
        arguments.NoMore();
        var settings = with.Split(';', StringSplitOptions.RemoveEmptyEntries);
        return await ShareAsync(settings, plan, least / 100.0, cancel) ? 0 : 1;
    }

    /// <summary>Measures one pair, and says how it went.</summary>
    /// <param name="settings">Each as <c>Name=Value</c>.</param>
    /// <param name="plan">How much.</param>
    /// <param name="least">What has to be accepted of what is without them, at the median.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Whether it is.</returns>
    public static async Task<bool> ShareAsync(
        IReadOnlyList<string> settings,
        Plan plan,
        double least,
        CancellationToken cancel
    )
    {
        await using var plain = await OpenAsync([], plan, cancel);
        await using var other = await OpenAsync(settings, plan, cancel);
        var shares = new List<double>();
        for (var turn = 0; turn <= plan.Turns; turn++)
        {
            // There and back: neither always has what the other leaves to be tidied.
            var isBack = turn % 2 == 1;
            var first = await RateAsync(isBack ? other : plain, plan, cancel);
            var second = await RateAsync(isBack ? plain : other, plan, cancel);
            // Shops that have just been opened are still being compiled.
            if (turn > 0)
            {
                var (without, with) = isBack ? (second, first) : (first, second);
                Report.Line($"turn {turn}: accepted per second", $"{without:0}, {with:0} with");
                shares.Add(with / without);
            }
        }

        shares.Sort();
        var share = shares[shares.Count / 2];
        Report.Line("with", string.Join(", ", settings));
        Report.Line(
            "accepted, of without",
            $"{share:0.00} ({shares[0]:0.00} to {shares[^1]:0.00})  (aim: {least:0.00})"
        );
        return share >= least;
    }

    private static async Task<OwnShop> OpenAsync(
        IReadOnlyList<string> settings,
        Plan plan,
        CancellationToken cancel
    )
    {
        var shop = await OwnShop.OpenAsync(settings, plan.Concurrency, cancel);
        await shop.Rush.PrepareAsync((1 + plan.Turns) * (plan.Orders + WarmUp), cancel);
        return shop;
    }

    private static async Task<double> RateAsync(OwnShop shop, Plan plan, CancellationToken cancel)
    {
        await shop.Rush.RunAsync(WarmUp, cancel);
        return (await shop.Rush.RunAsync(plan.Orders, cancel)).AcceptedPerSecond;
    }
}
