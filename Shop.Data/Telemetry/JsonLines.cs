using System.Buffers;
using System.Collections;
using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Shop.Data.Telemetry;

/// <summary>
/// The log for machines: a flat JSON object a line. Beside our own names (<c>ts</c>, <c>level</c>, <c>msg</c>, …) stand the
/// values of the sentence under theirs. A sentence about a message has the message's <see cref="TraceParent"/> among its values, and
/// so the trace of the click that caused it; else a line has the trace in which it is written.
/// </summary>
internal sealed class JsonLines(ProcessIdentity process, TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    /// <summary>For <c>Logging:Console:FormatterName</c>.</summary>
    public const string FormatterName = "shop-json";

    // Container runtimes cut longer lines in pieces, none of which is JSON.
    private const int MaxBytes = 16 * 1024;

    private const string TraceParent = "traceParent";
    private const string Template = "{OriginalFormat}";

    // What the sentences of libraries must not say twice.
    private static readonly FrozenSet<string> _ours = FrozenSet.Create(
        "ts",
        "level",
        "msg",
        "logger",
        "event_id",
        "event",
        "trace_id",
        "span_id",
        "service",
        "version",
        "k8s.pod_name",
        "k8s.namespace",
        "k8s.node",
        "exception",
        TraceParent,
        Template
    );

    private static readonly JsonWriterOptions _options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A library that says one value twice is no reason to fail.
        SkipValidation = true,
    };

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var values = logEntry.State as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        var line = new Line(
            clock.GetUtcNow(),
            logEntry.LogLevel,
            logEntry.Formatter(logEntry.State, logEntry.Exception),
            logEntry.Category,
            logEntry.EventId,
            logEntry.Exception,
            values
        );
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer, _options);
        for (var longest = MaxBytes; ; longest /= 2)
        {
            Write(json, line, longest);
            if (buffer.WrittenCount < MaxBytes || longest == 0)
            {
                break;
            }

            buffer.ResetWrittenCount();
            json.Reset();
        }

        textWriter.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        textWriter.Write('\n');
    }

    /// <param name="json">Gets the whole object.</param>
    /// <param name="line">What it says.</param>
    /// <param name="longest">Letters that are left of a longer text.</param>
    private void Write(Utf8JsonWriter json, Line line, int longest)
    {
        json.WriteStartObject();
        json.WriteString(
            "ts",
            line.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        );
        json.WriteString("level", NameOf(line.Level));
        json.WriteString("msg", Cut(line.Message, longest));
        json.WriteString("logger", line.Logger);
        if (line.Event.Id != 0)
        {
            json.WriteNumber("event_id", line.Event.Id);
        }

        WriteIfAny(json, "event", line.Event.Name);
        WriteTrace(json, line.Values);
        WriteProcess(json);
        foreach (var (name, value) in line.Values)
        {
            if (!_ours.Contains(name))
            {
                WriteValue(json, name, value, longest);
            }
        }

        if (line.Fault is { } fault)
        {
            json.WriteStartObject("exception");
            json.WriteString("type", fault.GetType().FullName);
            json.WriteString("message", Cut(fault.Message, longest));
            json.WriteString("stack", Cut(fault.ToString(), longest));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteTrace(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var told = values.FirstOrDefault(value => value.Key == TraceParent).Value as string;
        if (ActivityContext.TryParse(told, traceState: null, out var trace))
        {
            json.WriteString("trace_id", trace.TraceId.ToHexString());
            json.WriteString("span_id", trace.SpanId.ToHexString());
        }
        else if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } here)
        {
            json.WriteString("trace_id", here.TraceId.ToHexString());
            json.WriteString("span_id", here.SpanId.ToHexString());
        }
    }

    private void WriteProcess(Utf8JsonWriter json)
    {
        json.WriteString("service", process.Service);
        json.WriteString("version", process.Version);
        WriteIfAny(json, "k8s.pod_name", process.Pod);
        WriteIfAny(json, "k8s.namespace", process.Namespace);
        WriteIfAny(json, "k8s.node", process.Node);
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value, int longest)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int or long or short or byte:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteString(name, Cut(TextOf(value), longest));
                break;
        }
    }

    private static string? TextOf(object value) =>
        value switch
        {
            string text => text,
            DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
            IEnumerable list => string.Join(", ", list.Cast<object?>()),
            _ => value.ToString(),
        };

    private static string? Cut(string? text, int longest) =>
        text?.Length > longest ? string.Concat(text.AsSpan(0, longest), "…") : text;

    private static string NameOf(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "error",
            _ => "critical",
        };

    private sealed record Line(
        DateTimeOffset At,
        LogLevel Level,
        string Message,
        string Logger,
        EventId Event,
        Exception? Fault,
        IReadOnlyList<KeyValuePair<string, object?>> Values
    );
}
