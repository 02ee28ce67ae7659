using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Shop.Tests.Architecture;
using Shop.Tests.Fixtures;
using Shop.Tests.Telemetry;

namespace Shop.Tests.Outside;

/// <summary>A real broker of Kafka, which stands beside the repository; tests that want it are left out where it does not.</summary>
internal sealed class KafkaBroker : IAsyncDisposable
{
    private static readonly string _scripts = Path.GetFullPath(
        Path.Combine(Papers.Root, "..", "shared", "kafka")
    );

    private readonly string _data = RunFolder.Make("kafka");
    private readonly int _port = WebProcess.FreePort();

    /// <summary>Where clients find it.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    /// <summary>Whether there is one.</summary>
    public static bool IsThere => File.Exists(Path.Combine(_scripts, "start.sh"));

    /// <summary>Leaves a test out where there is none.</summary>
    public static void Need() => Assert.SkipUnless(IsThere, $"No broker of Kafka at {_scripts}.");

    /// <summary>Starts it, also after it was killed: it has what it had.</summary>
    public Task StartAsync() => RunAsync("start.sh", $"{_port}", _data);

    /// <summary>Kills it, as an out-of-memory killer does.</summary>
    public async Task KillAsync()
    {
        using var broker = Process.GetProcessById(
            int.Parse(
                await File.ReadAllTextAsync(Path.Combine(_data, "kafka.pid")),
                CultureInfo.InvariantCulture
            )
        );
        broker.Kill();
        await broker.WaitForExitAsync();
    }

    /// <summary>A topic of that name, of three partitions.</summary>
    public async Task CreateAsync(string topic)
    {
        using var admin = new AdminClientBuilder(
            new AdminClientConfig { BootstrapServers = Address }
        ).Build();
        await admin.CreateTopicsAsync([
            new TopicSpecification
            {
                Name = topic,
                NumPartitions = 3,
                ReplicationFactor = 1,
            },
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsThere)
        {
            await RunAsync("stop.sh", _data);
        }
    }

    private static async Task RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(_scripts, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var run = Process.Start(start)!;
        // The broker inherits the pipes: they close with it, and not with the script.
        await run.WaitForExitAsync();
        Assert.Equal(0, run.ExitCode);
    }
}
