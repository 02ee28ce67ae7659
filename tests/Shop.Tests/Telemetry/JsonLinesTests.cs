using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shop.Data.Telemetry;
using Shop.Jobs.Messages;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Telemetry;

/// <summary>The log as machines read it: whatever is said, a line is one flat object of JSON.</summary>
public sealed class JsonLinesTests
{
    private const string Click = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly string[] _names = ["one", "two"];

    private static readonly List<KeyValuePair<string, object?>> _odd =
    [
        new("level", "a library's"),
        new("service", "another"),
        new("Ratio", 0.5),
        new("Odd", double.NaN),
        new("Names", _names),
        new("Nothing", null),
        new("Is", true),
    ];

    private readonly Written _log = new(new("shop-jobs", "1.0.0", "jobs-7d9f", "shop", "node-3"));

    [Fact]
    public void A_line_says_when_what_where_and_with_which_values()
    {
        Activity.Current = null;

        _log.DeliveryFailed(
            "inventory.deduct",
            17,
            "inventory",
            3,
            ShopHost.Now,
            null,
            new IOException("gone")
        );

        var line = _log.Line;
        var exception = line.GetProperty("exception");
        Assert.Equal("System.IO.IOException", exception.GetProperty("type").GetString());
        Assert.Equal("gone", exception.GetProperty("message").GetString());
        Assert.Equal("System.IO.IOException: gone", exception.GetProperty("stack").GetString());
        Assert.Equal(
            """
            ts: 2026-03-02T09:00:00.000Z
            level: warn
            msg: Message inventory.deduct 17 to inventory failed on try 3; next try at 2026-03-02T09:00:00.0000000+00:00
            logger: Shop.Tests
            event_id: 3001
            event: DeliveryFailed
            service: shop-jobs
            version: 1.0.0
            k8s.pod_name: jobs-7d9f
            k8s.namespace: shop
            k8s.node: node-3
            Topic: inventory.deduct
            MessageId: 17
            Receiver: inventory
            Attempt: 3
            DueAt: 2026-03-02T09:00:00.0000000+00:00
            """,
            string.Join(
                '\n',
                line.EnumerateObject()
                    .Where(field => field.Name != "exception")
                    .Select(field => $"{field.Name}: {field.Value}")
            )
        );
    }

    [Fact]
    public void A_line_about_a_message_has_the_trace_of_the_click_and_any_other_that_of_its_place()
    {
        using var place = new Activity("a batch").Start();

        _log.MessageDead("inventory.deduct", 17, "inventory", 10, Click, new IOException());
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", _log.Line.GetProperty("trace_id").GetString());
        Assert.Equal("b7ad6b7169203331", _log.Line.GetProperty("span_id").GetString());

        _log.BellLost("orders", new IOException());
        Assert.Equal(place.TraceId.ToString(), _log.Line.GetProperty("trace_id").GetString());
        Assert.Equal(place.SpanId.ToString(), _log.Line.GetProperty("span_id").GetString());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\u0001")]
    [InlineData("\n\"\\")]
    [InlineData("€")]
    [InlineData("😀")]
    [InlineData("\ud83d")]
    public void A_line_has_at_most_16_KB_and_stays_JSON(string letter)
    {
        var text = string.Concat(Enumerable.Repeat(letter, 20_000));

        _log.BellLost(text, new IOException(text));

        Assert.InRange(Encoding.UTF8.GetByteCount(_log.Text), 1000, 16 * 1024);
        Assert.Equal(1, _log.Text.Count(letter => letter == '\n'));
        Assert.Equal("BellLost", _log.Line.GetProperty("event").GetString());
        Assert.NotEmpty(_log.Line.GetProperty("exception").GetProperty("message").GetString()!);
    }

    [Fact]
    public void What_a_library_says_takes_no_name_of_ours_and_no_form_of_its_own()
    {
        _log.Log(LogLevel.Information, new EventId(0), _odd, null, (_, _) => "said");

        var line = _log.Line;
        Assert.Equal("info", line.GetProperty("level").GetString());
        Assert.Equal("shop-jobs", line.GetProperty("service").GetString());
        Assert.Equal(
            "0.5 NaN one, two  True",
            string.Join(' ', Values("Ratio", "Odd", "Names", "Nothing", "Is"))
        );
        Assert.False(line.TryGetProperty("event_id", out _));

        IEnumerable<string> Values(params string[] names) =>
            names.Select(name => line.GetProperty(name).ToString());
    }

    private sealed class Written(ProcessIdentity process) : ILogger
    {
        private readonly JsonLines _lines = new(process, new FakeTimeProvider(ShopHost.Now));

        public string Text { get; private set; } = "";

        public JsonElement Line => JsonDocument.Parse(Text).RootElement;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            using var output = new StringWriter();
            _lines.Write(
                new LogEntry<TState>(logLevel, "Shop.Tests", eventId, state, exception, formatter),
                null,
                output
            );
            Text = output.ToString();
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
