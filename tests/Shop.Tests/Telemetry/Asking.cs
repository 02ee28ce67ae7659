using System.Text.Json;
using Shop.Tests.Architecture;

namespace Shop.Tests.Telemetry;

/// <summary>What alerts, dashboards and the verdict on a release ask Prometheus.</summary>
internal static class Asking
{
    /// <summary>The files with their expressions.</summary>
    public static IEnumerable<string> Files() =>
        Dashboards()
            .Select(File.ReadAllText)
            .Prepend(Papers.Read("deploy/prometheus/alerts.yml"))
            .Append(Papers.Read("deploy/canary/queries"));

    /// <summary>Every expression of a dashboard.</summary>
    public static IEnumerable<string> OfDashboards() =>
        from path in Dashboards()
        from panel in JsonDocument
            .Parse(File.ReadAllText(path))
            .RootElement.GetProperty("panels")
            .EnumerateArray()
        from target in panel.GetProperty("targets").EnumerateArray()
        select target.GetProperty("expr").GetString()!;

    private static string[] Dashboards() =>
        Directory.GetFiles(Path.Combine(Papers.Root, "deploy", "grafana", "dashboards"), "*.json");
}
