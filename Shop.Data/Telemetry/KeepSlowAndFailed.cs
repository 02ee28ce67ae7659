using System.Diagnostics;
using OpenTelemetry;

namespace Shop.Data.Telemetry;

/// <summary>Records the root of a trace after all, where it was slow or failed; <c>shop.kept</c> says why.</summary>
internal sealed class KeepSlowAndFailed(TimeSpan slowAfter) : BaseProcessor<Activity>
{
    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        var why =
            data.Status == ActivityStatusCode.Error ? "failed"
            : data.Duration >= slowAfter ? "slow"
            : null;
        if (why is not null && !data.Recorded)
        {
            data.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
            data.SetTag("shop.kept", why);
        }
    }
}
