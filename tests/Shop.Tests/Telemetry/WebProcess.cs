using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Telemetry;

/// <summary>A web host with its jobs as a process of its own, over the stores of a fixture. What it writes is read at its end.</summary>
internal sealed class WebProcess : IDisposable
{
    private readonly Process _process;

    private WebProcess(Process process, int port)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = At(port) };
    }

    /// <summary>Asks where clients ask.</summary>
    public HttpClient Client { get; }

    /// <summary>Starts one and waits until it is ready.</summary>
    public static async Task<WebProcess> OpenAsync(
        ShopFixture shop,
        params (string Name, string Value)[] settings
    )
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(Shop.GraphQL.Host.Program).Assembly.Location, "--urls", At(port).ToString()]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Shop"] = shop.Postgres;
        start.Environment["ConnectionStrings__Redis"] = shop.Redis;
        start.Environment["Accounts__KeySecret"] = ShopHost.KeySecret;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var web = new WebProcess(Process.Start(start)!, port);
        await Eventually.TrueAsync(web.IsReadyAsync);
        return web;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Sends an operation that has to be answered.</summary>
    public async Task AskAsync(string query)
    {
        using var answer = await Client.PostAsJsonAsync("/graphql", new { query });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Ends it as an orchestrator does.</summary>
    /// <returns>All that it has written to its console, in lines.</returns>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        using var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        var complaints = _process.StandardError.ReadToEndAsync();
        var text = await _process.StandardOutput.ReadToEndAsync();
        Assert.Equal("", await complaints);
        return text.TrimEnd('\n').Split('\n');
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        Client.Dispose();
    }

    private static Uri At(int port) =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
