using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Telemetry;

/// <summary>A real Prometheus that asks one process, twice a second.</summary>
internal sealed class PrometheusServer : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    private PrometheusServer(Process process, int port)
    {
        _process = process;
        _client = new HttpClient
        {
            BaseAddress = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
        };
    }

    /// <summary>Starts one.</summary>
    /// <param name="job">The name under which it keeps what it is told.</param>
    /// <param name="target">The port that it asks.</param>
    public static PrometheusServer Start(string job, int target)
    {
        var (folder, port) = (RunFolder.Make("prometheus"), WebProcess.FreePort());
        File.WriteAllText(
            Path.Combine(folder, "prometheus.yml"),
            $$"""
            global: { scrape_interval: 500ms, scrape_timeout: 500ms }
            scrape_configs:
              - { job_name: {{job}}, static_configs: [{ targets: ["127.0.0.1:{{target}}"] }] }
            """
        );
        return new(
            Process.Start(
                new ProcessStartInfo(
                    "prometheus",
                    [
                        $"--config.file={folder}/prometheus.yml",
                        $"--storage.tsdb.path={folder}/data",
                        $"--web.listen-address=127.0.0.1:{port}",
                        "--enable-feature=exemplar-storage",
                        "--log.level=error",
                    ]
                )
                {
                    UseShellExecute = false,
                }
            )!,
            port
        );
    }

    /// <summary>The value of an expression that has one series; null where it has none, yet.</summary>
    public async Task<double?> ValueAsync(string expression)
    {
        var result = (await AskAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}"))?.GetProperty(
            "result"
        );
        return result is { } series && series.GetArrayLength() == 1
            ? double.Parse(series[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>The trace ids beside the samples of a selector.</summary>
    public async Task<IReadOnlyList<string?>> ExemplarsAsync(string selector)
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        var found = await AskAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"/api/v1/query_exemplars?query={Uri.EscapeDataString(selector)}&start={from:yyyy-MM-ddTHH:mm:ssZ}&end={to:yyyy-MM-ddTHH:mm:ssZ}"
            )
        );
        return
        [
            .. from series in found?.EnumerateArray().ToList() ?? []
            from exemplar in series.GetProperty("exemplars").EnumerateArray()
            select exemplar.GetProperty("labels").GetProperty("trace_id").GetString(),
        ];
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _client.Dispose();
    }

    // Null while it starts.
    private async Task<JsonElement?> AskAsync(string path)
    {
        try
        {
            using var answer = await _client.GetAsync(path);
            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            var text = await answer.Content.ReadAsStringAsync();
            return JsonDocument.Parse(text).RootElement.GetProperty("data");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
