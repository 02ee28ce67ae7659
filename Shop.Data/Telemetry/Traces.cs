using System.Diagnostics;

namespace Shop.Data.Telemetry;

/// <summary>Where the shop's own spans come from. While nobody listens, none is made.</summary>
public static class Traces
{
    /// <summary>What the source is called.</summary>
    public const string Name = "Shop";

    /// <summary>Makes spans.</summary>
    public static ActivitySource Source { get; } = new(Name);

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
