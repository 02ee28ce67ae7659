using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Shop.Tests.Telemetry;

/// <summary>What a shop sends its spans to: OTLP over HTTP, in protobuf.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();

    public OtlpReceiver()
    {
        Address = $"http://127.0.0.1:{WebProcess.FreePort()}";
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _ = ListenAsync();
    }

    /// <summary>For <c>Telemetry:Otlp</c>.</summary>
    public string Address { get; }

    /// <summary>All that have come, in the order of their coming.</summary>
    public IReadOnlyList<OtlpSpan> Spans => [.. _spans];

    public void Dispose() => _listener.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var http = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await http.Request.InputStream.CopyToAsync(body);
                foreach (var span in OtlpSpan.Read(body.ToArray()))
                {
                    _spans.Enqueue(span);
                }

                http.Response.Close();
            }
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}

/// <summary>A span as it was sent.</summary>
/// <param name="Service">Which process it is of.</param>
/// <param name="Trace">Its trace's id.</param>
/// <param name="Id">Its own.</param>
/// <param name="Parent">That of the span it hangs below; empty of a root.</param>
/// <param name="Name">What was done.</param>
internal sealed record OtlpSpan(string Service, string Trace, string Id, string Parent, string Name)
{
    /// <summary>Those of an <c>ExportTraceServiceRequest</c>.</summary>
    public static IEnumerable<OtlpSpan> Read(byte[] request) =>
        from resource in Fields(request, 1)
        let service = ServiceOf(Fields(resource, 1).Single())
        from scope in Fields(resource, 2)
        from span in Fields(scope, 2)
        select new OtlpSpan(
            service,
            Hex(Fields(span, 1)),
            Hex(Fields(span, 2)),
            Hex(Fields(span, 4)),
            Text(Fields(span, 5).Single())
        );

    private static string ServiceOf(byte[] resource) =>
        Text(
            Fields(
                    Fields(resource, 1)
                        .Single(attribute => Text(Fields(attribute, 1).Single()) == "service.name"),
                    2
                )
                .SelectMany(value => Fields(value, 1))
                .Single()
        );

    private static string Text(byte[] field) => Encoding.UTF8.GetString(field);

    private static string Hex(List<byte[]> field) => Convert.ToHexStringLower(field.SingleOrDefault() ?? []);

    // Fields of other kinds than messages and texts are passed over.
    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length; )
        {
            var tag = Number(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Number(message, ref at);
                    break;
                case 1:
                    at += sizeof(long);
                    break;
                case 2:
                    var length = (int)Number(message, ref at);
                    if (tag >> 3 == (ulong)wanted)
                    {
                        found.Add(message[at..(at + length)]);
                    }

                    at += length;
                    break;
                default:
                    at += sizeof(int);
                    break;
            }
        }

        return found;
    }

    private static ulong Number(byte[] message, ref int at)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }
    }
}
