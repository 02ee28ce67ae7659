using System.Diagnostics;
using System.Net;
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

    // Gone with the last process that sees it.
    private const string OwnDisk =
        """mount -t tmpfs -o "size=$1,mode=755" tmpfs "$0" && shift && exec "$@" """;

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
    /// <param name="home">Where it keeps its data.</param>
    /// <param name="diskMegabytes">The size of a disk that is mounted there for it alone; null for none.</param>
    public static async Task<ShopProcess> OpenAsync(string home, int? diskMegabytes = null)
    {
        var shop = new ShopProcess(Start(home, "run", diskMegabytes: diskMegabytes));
        shop.Home = diskMegabytes is null ? home : $"/proc/{shop._process.Id}/root{home}";

        // Its last words say where it listens; they come when it does.
        while (
            RunningShop.Find(shop.Home) is null
            && await shop._process.StandardOutput.ReadLineAsync() is not null
        )
        {
            // Next line.
        }

        shop._client.BaseAddress = new(RunningShop.Find(shop.Home)!.Address);
        return shop;
    }

    /// <summary>Its home, as this process sees it.</summary>
    public string Home { get; private set; } = "";

    /// <summary>Runs a verb to its end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string home, string verb) => (await TryAsync(home, verb)).Code;

    /// <summary>Runs a verb to its end.</summary>
    /// <returns>The exit code, and what it complained of.</returns>
    public static async Task<(int Code, string Error)> TryAsync(
        string home,
        string verb,
        params (string Name, string Value)[] settings
    )
    {
        using var shop = new ShopProcess(Start(home, verb, readsErrors: true, settings: settings));
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

    /// <summary>The same, whatever comes of it.</summary>
    /// <returns>The whole answer.</returns>
    public async Task<string> TryAskAsync(string query, object? variables = null)
    {
        using var response = await _client.PostAsJsonAsync("/graphql", new { query, variables });
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>What a load balancer sees.</summary>
    public async Task<HttpStatusCode> ReadyAsync()
    {
        using var response = await _client.GetAsync("/health/ready");
        return response.StatusCode;
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

    private static Process Start(
        string home,
        string verb,
        bool readsErrors = false,
        int? diskMegabytes = null,
        params (string Name, string Value)[] settings
    )
    {
        string[] program =
        [
            "dotnet",
            typeof(Shop.GraphQL.Host.Program).Assembly.Location,
            verb,
            "--urls",
            "http://127.0.0.1:0",
        ];
        if (diskMegabytes is { } size)
        {
            program = ["unshare", "--mount", "sh", "-c", OwnDisk, home, $"{size}m", .. program];
        }

        var start = new ProcessStartInfo(program[0], program[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = readsErrors,
        };
        start.Environment["SHOP_HOME"] = home;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
