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

    private WebProcess(Process process, int port, int operationsPort)
    {
        _process = process;
        OperationsPort = operationsPort;
        Client = new HttpClient { BaseAddress = At(port) };
        Operators = new HttpClient { BaseAddress = At(operationsPort) };
    }

    /// <summary>Asks where clients ask.</summary>
    public HttpClient Client { get; }

    /// <summary>Asks at the port for operators.</summary>
    public HttpClient Operators { get; }

    public int OperationsPort { get; }

    /// <summary>Starts one and waits until it is ready.</summary>
    public static async Task<WebProcess> OpenAsync(
        ShopFixture shop,
        params (string Name, string Value)[] settings
    )
    {
        var (port, operations) = (FreePort(), FreePort());
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
        start.Environment["GraphQL__Transport__FarewellFor"] = "00:00:00";
        start.Environment["Operations__Port"] = operations.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var web = new WebProcess(Process.Start(start)!, port, operations);
        await Eventually.TrueAsync(web.IsReadyAsync);
        return web;
    }

    /// <summary>A port at which nothing listens.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Sends an operation that has to be answered.</summary>
    /// <param name="query">The document.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="traceParent">The trace that it is a part of; null for none.</param>
    public async Task<string> AskAsync(string query, object? variables = null, string? traceParent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query, variables }),
        };
        if (traceParent is not null)
        {
            request.Headers.Add("traceparent", traceParent);
        }

        using var answer = await Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
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
        Operators.Dispose();
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
