using System.Diagnostics;
using Shop.Jobs;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Jobs;

/// <summary>A job host as operators run it: a process of its own, over the stores of a fixture.</summary>
internal sealed class JobHost : IDisposable
{
    private readonly Process _process;

    private JobHost(Process process) => _process = process;

    public static JobHost Start(ShopFixture shop)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Schedule).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["ConnectionStrings__Shop"] = shop.Postgres;
        start.Environment["ConnectionStrings__Redis"] = shop.Redis;
        var process = Process.Start(start)!;
        // Whatever it logs, it must not stop at a full pipe.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return new(process);
    }

    /// <summary>kill -9, and gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
