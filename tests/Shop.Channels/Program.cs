using System.Diagnostics;

namespace Shop.Channels;

/// <summary>
/// The simulators as a process of their own: <c>--folder PATH</c>, and if wanted <c>--port 5080</c>, <c>--shop URL</c>,
/// <c>--pace 0.01</c>, <c>--seed 1 --drop 0.1 --double 0.1 --hold 0.05</c>. Says one line, its address, once it listens; before that
/// it writes the settings of a shop, a line each, to <c>settings</c> in its folder. <c>--beside PID</c>: it ends with that process.
/// </summary>
internal static class Program
{
    private static async Task Main(string[] args)
    {
        var given = new ConfigurationBuilder().AddCommandLine(args).Build();
        await using var simulator = await ChannelSimulator.StartAsync(
            new(given["folder"] ?? throw new InvalidOperationException("--folder: where the key files go."))
            {
                Port = given.GetValue("port", 5080),
                Pace = given.GetValue("pace", 1.0),
                ShopAddress = given["shop"] is { } shop ? new Uri(shop) : null,
                Rates = new(
                    given.GetValue("seed", 1),
                    given.GetValue("drop", 0.0),
                    given.GetValue("double", 0.0),
                    given.GetValue("hold", 0.0)
                ),
            }
        );
        simulator.WriteSettings();
        await Console.Out.WriteLineAsync(
            $"Simulated payment channels, with a page to pay on: {simulator.Address}"
        );
        await (
            given["beside"] is null
                ? simulator.WaitForShutdownAsync()
                : Task.WhenAny(simulator.WaitForShutdownAsync(), EndOfAsync(given.GetValue<int>("beside")))
        );
    }

    private static async Task EndOfAsync(int process)
    {
        using var other = Process.GetProcessById(process);
        await other.WaitForExitAsync();
    }
}
