using System.Diagnostics;

namespace Shop.Data.Telemetry;

/// <summary>
/// The spans of work that is done at once for many clicks: one in the trace of each that is recorded, as long as the batch. What the
/// work does hangs below the first; the others link to it.
/// </summary>
public sealed class BatchTrace : IDisposable
{
    private readonly Activity? _before;
    private readonly List<Activity> _spans;

    private BatchTrace(Activity? before, List<Activity> spans) => (_before, _spans) = (before, spans);

    /// <summary>Begins the spans, and makes the first the current one.</summary>
    /// <param name="name">Of each of them.</param>
    /// <param name="parts">What is done at once.</param>
    /// <param name="tags">Of each of them.</param>
    /// <returns>Null where none is recorded: then nothing was made.</returns>
    public static BatchTrace? Begin(
        string name,
        IEnumerable<BatchPart> parts,
        params IEnumerable<KeyValuePair<string, object?>> tags
    )
    {
        if (!Traces.Source.HasListeners())
        {
            return null;
        }

        var before = Activity.Current;
        var spans = new List<Activity>();
        foreach (var part in parts)
        {
            if (
                ActivityContext.TryParse(part.TraceParent, traceState: null, isRemote: true, out var click)
                && click.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                && Traces.Source.StartActivity(
                    name,
                    ActivityKind.Consumer,
                    click,
                    tags,
                    spans is [var first, ..] ? [new(first.Context)] : []
                )
                    is { } span
            )
            {
                if (part.Message is { } message)
                {
                    span.SetTag("messaging.message.id", message);
                }

                spans.Add(span);
            }
        }

        if (spans.Count == 0)
        {
            return null;
        }

        Activity.Current = spans[0];
        return new(before, spans);
    }

    /// <summary>Says that the work failed.</summary>
    public void Failed(Exception fault) =>
        _spans.ForEach(span => span.SetStatus(ActivityStatusCode.Error, fault.GetType().Name));

    /// <summary>Ends the spans, and makes current what was before.</summary>
    public void Dispose()
    {
        _spans.ForEach(span => span.Dispose());
        Activity.Current = _before;
    }
}

/// <summary>One of several things that are done at once.</summary>
/// <param name="TraceParent">W3C trace context of its click; null where that was not traced.</param>
/// <param name="Message">Which message it is; null where it is none.</param>
public readonly record struct BatchPart(string? TraceParent, long? Message = null);
