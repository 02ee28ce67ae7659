using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shop.Tests.Architecture;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Telemetry;

/// <summary>The alerts, as Prometheus' own tool tries them.</summary>
public sealed partial class AlertTests
{
    private const string Folder = "deploy/prometheus";

    [Theory]
    [InlineData("check", "config", "prometheus.yml")]
    [InlineData("test", "rules", "alerts.test.yml")]
    public Task Promtool_finds_no_fault(string verb, string what, string file) => RunAsync(verb, what, file);

    [Fact]
    public async Task Promtool_understands_every_panel_of_the_dashboards()
    {
        var file = Path.Combine(RunFolder.Make("dashboards"), "rules.yml");
        var rules = Asking
            .OfDashboards()
            .Select((expression, number) => new { record = $"panel:{number}", expr = expression })
            .ToList();
        Assert.NotEmpty(rules);
        // JSON is YAML.
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(new { groups = new[] { new { name = "panels", rules } } })
        );

        await RunAsync("check", "rules", file);
    }

    private static async Task RunAsync(string verb, string what, string file)
    {
        Installed.Need("promtool");
        using var tool = Process.Start(
            new ProcessStartInfo("promtool", [verb, what, file])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.Combine(Papers.Root, Folder),
            }
        )!;
        var (said, complained) = (tool.StandardOutput.ReadToEndAsync(), tool.StandardError.ReadToEndAsync());
        await tool.WaitForExitAsync();

        Assert.True(tool.ExitCode == 0, await said + await complained);
    }

    [Fact]
    public void Each_has_a_case_in_which_it_fires_one_in_which_it_does_not_and_a_runbook()
    {
        var (cases, runbooks) = (
            Papers.Read($"{Folder}/alerts.test.yml"),
            Papers.Read("docs/operations/alerts.md")
        );
        var alerts = Alert()
            .Matches(Papers.Read($"{Folder}/alerts.yml"))
            .Select(match => match.Value)
            .ToList();

        Assert.NotEmpty(alerts);
        Offences.None(
            from alert in alerts
            where
                !cases.Contains($"alertname: {alert} }}", StringComparison.Ordinal)
                || !cases.Contains($"alertname: {alert}\n        exp_alerts:", StringComparison.Ordinal)
                || !runbooks.Contains($"\n## {alert}\n", StringComparison.Ordinal)
            select alert
        );
    }

    [GeneratedRegex(@"(?<=alert: )\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Alert();
}
