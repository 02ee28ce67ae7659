using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.GraphQL.Host.Embedded;

namespace Shop.Tests.Host.Embedded;

/// <summary>The program as somebody runs it: a process of its own, with stores of its own.</summary>
internal sealed class ShopProcess : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    // Kills the shop when this process ends, however it ends: it waits at a pipe that closes with us.
    private const string Guard = """cat >/dev/null; kill -KILL "$1" """;

    private readonly Process _process;
    private readonly Process _guard;
    private readonly HttpClient _client = new();

    private ShopProcess(Process process)
    {
        _process = process;
        _guard = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", Guard, "sh", $"{process.Id}"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
            }
        )!;
    }

    /// <summary>Starts it and waits until it is open.</summary>
    public static async Task<ShopProcess> OpenAsync(string home)
    {
        var shop = new ShopProcess(Start(home, "run"));
        // Its last words say where it listens; they come when it does.
        while (
            RunningShop.Find(home) is null && await shop._process.StandardOutput.ReadLineAsync() is not null
        )
        {
            // Next line.
        }

        shop._client.BaseAddress = new(RunningShop.Find(home)!.Address);
        return shop;
    }

    /// <summary>Runs a verb to its end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string home, string verb) => (await TryAsync(home, verb)).Code;

    /// <summary>Runs a verb to its end.</summary>
    /// <returns>The exit code, and what it complained of.</returns>
    public static async Task<(int Code, string Error)> TryAsync(string home, string verb)
    {
        using var shop = new ShopProcess(Start(home, verb, readsErrors: true));
        var error = shop._process.StandardError.ReadToEndAsync();
        await shop._process.StandardOutput.ReadToEndAsync();
        await shop._process.WaitForExitAsync();
        return (shop._process.ExitCode, await error);
    }

    public async Task<JsonElement> AskAsync(string query, object? variables = null)
    {
        using var response = await _client.PostAsJsonAsync("/graphql", new { query, variables });
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    /// <summary>What Ctrl-C sends.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync().WaitAsync(_patience);
        return _process.ExitCode;
    }

    /// <summary>kill -9: it gets no chance to put anything away.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        _guard.Kill();
        _guard.Dispose();
        _client.Dispose();
    }

    private static Process Start(string home, string verb, bool readsErrors = false)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(Shop.GraphQL.Host.Program).Assembly.Location, verb, "--urls", "http://127.0.0.1:0"]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = readsErrors,
        };
        start.Environment["SHOP_HOME"] = home;
        return Process.Start(start)!;
    }
}
