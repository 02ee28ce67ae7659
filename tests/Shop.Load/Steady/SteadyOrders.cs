using Shop.Load.Client;
using Shop.Load.Measure;
using Shop.Load.Replay;

namespace Shop.Load.Steady;

/// <summary>Orders at a given rate, and what has become of each.</summary>
internal static class SteadyOrders
{
    /// <returns>0; 1 if an order was refused, lost, doubled, or not settled, or a watched one was not pushed.</returns>
    public static async Task<int> RunAsync(ShopAddress address, Arguments arguments, CancellationToken cancel)
    {
        var pace = new Pace(
            Rate: arguments.Number("rate", otherwise: 100, min: 1, max: 10_000),
            Seconds: arguments.Number("seconds", otherwise: 30, min: 1, max: 600),
            Connections: arguments.Number("connections", otherwise: 128, min: 1, max: 1_000),
            Watched: arguments.Number("watched", otherwise: 100, min: 1, max: 1_000)
        );
        arguments.NoMore();
        using var client = new ShopClient(address, pace.Connections);
        await using var load = await SteadyLoad.PrepareAsync(address, client, pace, cancel);
        var cpu = CpuSplit.Start(address);
        await load.RunAsync(cancel);

        Report.Line("shop", address.Graph);
        Report.Line("sent per second", $"{pace.Rate}, for {pace.Seconds} s");
        Report.Line(
            "accepted per second",
            $"{load.Placed.Count / load.Took.TotalSeconds:0}  (in {load.Took.TotalSeconds:0.0} s)"
        );
        cpu.Print(load.Placed.Count, "an order");
        var settlement = new Settlement(
            new PatientClient(client, TimeProvider.System),
            [.. load.Placed.Distinct()],
            SteadyLoad.Patience,
            TimeProvider.System
        );
        await settlement.RunAsync(cancel);
        return IsWell(load, settlement) ? 0 : 1;
    }

    private static bool IsWell(SteadyLoad load, Settlement settlement)
    {
        var doubled = load.Placed.Count - load.Placed.Distinct().Count();
        Report.Line("orderPlace, from when it was due", load.Placing);
        Report.Line("due to settled and pushed", load.Pushing);
        Report.Lines("refused", load.Refused);
        Report.Line("orders accepted", load.Placed.Count);
        Report.Line("watched, not pushed", load.NotPushed);
        Report.Line("doubled", doubled);
        settlement.Print();
        return load.Refused.Count == 0
            && doubled + load.NotPushed + settlement.Lost + settlement.Pending == 0;
    }
}
