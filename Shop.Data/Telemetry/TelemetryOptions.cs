using System.ComponentModel.DataAnnotations;

namespace Shop.Data.Telemetry;

/// <summary>Which traces leave a process, and where they go.</summary>
public sealed record TelemetryOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "Telemetry";

    /// <summary>
    /// Where traces are sent to, as OTLP over HTTP, such as <c>http://jaeger:4318</c>. Without it nothing is traced, and nothing of it costs
    /// anything.
    /// </summary>
    [RegularExpression("https?://[^/].*", MatchTimeoutInMilliseconds = 1000)]
    public string? Otlp { get; init; }

    /// <summary>The share of traces that are recorded as a whole: one in a hundred says how the shop does.</summary>
    [Range(0.0, 1.0)]
    public double Ratio { get; init; } = 0.01;

    /// <summary>
    /// From how long on a request of the others is recorded after all, without what is below it; one that ends in a fault of ours always
    /// is.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Whether the trace that a client says its request is part of is believed: for a shop behind a gateway of one's own. Whether it is
    /// recorded is the shop's decision all the same.
    /// </summary>
    public bool TrustCallers { get; init; }

    /// <summary>Spans that wait to be sent, at most; more are dropped.</summary>
    [Range(512, 1_000_000)]
    public int Queue { get; init; } = 8192;
}
