using System.Diagnostics;

namespace Shop.Data.Telemetry;

/// <summary>Where the shop's own spans come from. While nobody listens, none is made.</summary>
public static class Traces
{
    /// <summary>What the source is called.</summary>
    public const string Name = "Shop";

    /// <summary>Makes spans.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>The span of something that is asked of Redis; null where its trace is not recorded.</summary>
    /// <param name="name">What, such as <c>EVAL Read</c>; never a key.</param>
    public static Activity? AskRedis(string name) =>
        Source.StartActivity(name, ActivityKind.Client)?.SetTag("db.system.name", "redis");

    /// <summary>A W3C trace context, where its trace is recorded; else null.</summary>
    public static string? IfRecorded(string? traceParent) =>
        ActivityContext.TryParse(traceParent, traceState: null, out var trace)
        && trace.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            ? traceParent
            : null;

    /// <summary>
    /// Leaves the trace of a connection that stays open for hours: what is done on it from here on begins traces of its own. Where
    /// nothing is traced, it stays, for the log.
    /// </summary>
    public static void LeaveConnection()
    {
        if (Source.HasListeners())
        {
            Activity.Current = null;
        }
    }
}
