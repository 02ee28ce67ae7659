using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Shop.Data.Telemetry;

/// <summary>
/// Records a share of all traces. Of the others the root alone is watched, so that <see cref="KeepSlowAndFailed"/> can keep it; and
/// calls to stores that belong to no request, the polling of jobs, begin none.
/// </summary>
internal sealed class ShareOfTraces(double ratio) : Sampler
{
    private readonly TraceIdRatioBasedSampler _share = new(ratio);

    /// <inheritdoc />
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (samplingParameters.Kind == ActivityKind.Client)
        {
            return new(SamplingDecision.Drop);
        }

        var share = _share.ShouldSample(samplingParameters);
        return share.Decision == SamplingDecision.Drop ? new(SamplingDecision.RecordOnly) : share;
    }
}
