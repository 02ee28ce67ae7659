using System.Diagnostics;
using OpenTelemetry.Trace;
using Shop.Data.Telemetry;

namespace Shop.Tests.Telemetry;

/// <summary>What a client says of the trace that its request is part of: of a stranger nothing, and of nobody whether it is recorded.</summary>
public sealed class StrangersTraceTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, $"{Trace}-00")]
    public void Its_flag_is_never_taken_over_and_its_id_only_from_whom_is_trusted(
        bool isTrusted,
        string? taken
    )
    {
        new CallersTrace(isTrusted).ExtractTraceIdAndState(
            null,
            static (object? _, string name, out string? value, out IEnumerable<string>? values) =>
            {
                values = null;
                value = name == "traceparent" ? $"{Trace}-01" : null;
            },
            out var trace,
            out var state
        );

        Assert.Equal(taken, trace);
        Assert.Null(state);
    }

    [Theory]
    [InlineData(0, SamplingDecision.RecordOnly)]
    [InlineData(1, SamplingDecision.RecordAndSample)]
    public void What_is_recorded_is_the_share_that_the_shop_says(double ratio, SamplingDecision expected)
    {
        var sampler = TraceServices.SamplerOf(ratio);

        Assert.Equal(expected, DecisionOn(default));
        Assert.Equal(expected, DecisionOn(Context("00")));
        // A message's flag is the shop's own.
        Assert.Equal(SamplingDecision.RecordAndSample, DecisionOn(Context("01")));

        SamplingDecision DecisionOn(ActivityContext parent) =>
            sampler
                .ShouldSample(
                    new(parent, ActivityTraceId.CreateRandom(), "POST /graphql", ActivityKind.Server)
                )
                .Decision;
    }

    [Fact]
    public void A_store_that_is_asked_on_nobodys_behalf_begins_no_trace() =>
        Assert.Equal(
            SamplingDecision.Drop,
            TraceServices
                .SamplerOf(1)
                .ShouldSample(new(default, ActivityTraceId.CreateRandom(), "SELECT", ActivityKind.Client))
                .Decision
        );

    private static ActivityContext Context(string flags)
    {
        Assert.True(ActivityContext.TryParse($"{Trace}-{flags}", null, isRemote: true, out var context));
        return context;
    }
}
