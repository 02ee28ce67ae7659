using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace Shop.Data.Telemetry;

/// <summary>Spans that wait to be sent: so many at the most. Where nobody takes them, what comes on top is dropped, and counted.</summary>
/// <param name="sender">Sends them.</param>
/// <param name="most">How many may wait, those that are being sent included.</param>
internal sealed class SpanQueue(SpanSender sender, int most)
    // Room for one more: that there is none is found out here, where it is counted.
    : BatchActivityExportProcessor(sender, maxQueueSize: most + 1)
{
    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        if (data.Recorded && sender.TryTake(most))
        {
            base.OnEnd(data);
        }
    }
}

/// <summary>Sends spans as OTLP, and counts what becomes of them.</summary>
internal sealed class SpanSender(OtlpExporterOptions options, ShopMeter meter) : OtlpTraceExporter(options)
{
    private int _waiting;

    /// <summary>How many are to be sent.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>One more is to be sent; false where too many wait, and it is lost.</summary>
    public bool TryTake(int most)
    {
        if (Interlocked.Increment(ref _waiting) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref _waiting);
        meter.SpansEnded("dropped", 1);
        return false;
    }

    /// <inheritdoc />
    public override ExportResult Export(in Batch<Activity> batch)
    {
        var count = (int)batch.Count;
        var result = base.Export(batch);
        meter.SpansEnded(result == ExportResult.Success ? "sent" : "failed", count);
        Interlocked.Add(ref _waiting, -count);
        return result;
    }
}
