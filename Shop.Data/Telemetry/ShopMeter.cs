using System.Diagnostics.Metrics;

namespace Shop.Data.Telemetry;

/// <summary>
/// All that a shop counts and measures of itself as it happens; <see cref="ShopGauges"/> has what is looked at when a reading is
/// taken. Labels come from closed sets: never an id, an address or a text of a client's. Thread-safe.
/// </summary>
public sealed class ShopMeter : IDisposable
{
    /// <summary>What the meter is called.</summary>
    public const string Name = "Shop";

    private readonly Histogram<double> _operations;
    private readonly Counter<long> _placed;
    private readonly Histogram<double> _settled;
    private readonly Counter<long> _delivered;
    private readonly Histogram<int> _batches;
    private readonly UpDownCounter<int> _connections;
    private readonly Counter<long> _calls;
    private readonly Gauge<long> _jobs;
    private readonly Counter<long> _outside;
    private readonly Counter<long> _searches;
    private readonly Counter<long> _spans;

    /// <summary>Makes the instruments; they measure nothing before a listener is there.</summary>
    public ShopMeter()
    {
        _operations = Instruments.CreateHistogram<double>(
            "shop.graphql.operation.duration",
            "s",
            "Operations that the engine ran, subscriptions until they stand; kept answers are not among them."
        );
        _placed = Instruments.CreateCounter<long>(
            "shop.orders.placed",
            null,
            "Placements by how they ended."
        );
        _settled = Instruments.CreateHistogram<double>(
            "shop.orders.settle.duration",
            "s",
            "From an order's placing to the answer about its stock."
        );
        _delivered = Instruments.CreateCounter<long>(
            "shop.messages.delivered",
            null,
            "Tries to hand over messages."
        );
        _batches = Instruments.CreateHistogram<int>(
            "shop.messages.batch.size",
            null,
            "Messages that were handed over together."
        );
        _connections = Instruments.CreateUpDownCounter<int>("shop.connections", null, "Open connections.");
        _jobs = Instruments.CreateGauge<long>(
            "shop.jobs.last_success",
            "s",
            "When a job last succeeded on this node, in seconds since 1970."
        );
        Instruments.CreateObservableGauge(
            "shop.build.info",
            () =>
                new Measurement<int>(
                    1,
                    new KeyValuePair<string, object?>("version", ProcessIdentity.BuildVersion)
                ),
            null,
            "Always 1; says which build it is."
        );
        _outside = Instruments.CreateCounter<long>(
            "shop.outside.sent",
            null,
            "Events that Kafka has taken, or refused."
        );
        _searches = Instruments.CreateCounter<long>(
            "shop.search.requests",
            null,
            "Searches for products by who answered; kept answers are not among them."
        );
        _spans = Instruments.CreateCounter<long>("shop.traces.spans", null, "Recorded spans by their end.");
        _calls = Instruments.CreateCounter<long>(
            "shop.breaker.calls",
            null,
            "Calls that a breaker watched or refused."
        );
    }

    /// <summary>Where <see cref="ShopGauges"/> adds its own.</summary>
    internal Meter Instruments { get; } = new(Name);

    /// <summary>The engine has run an operation.</summary>
    /// <param name="took">How long.</param>
    /// <param name="operation">Its name where its document is registered, else <c>other</c>.</param>
    /// <param name="type"><c>query</c>, <c>mutation</c> or <c>subscription</c>; <c>none</c> where it could not be told.</param>
    /// <param name="outcome"><c>ok</c>, <c>problem</c>, <c>error</c> or <c>throttled</c>.</param>
    public void OperationRun(TimeSpan took, string operation, string type, string outcome) =>
        _operations.Record(
            took.TotalSeconds,
            new("operation", operation),
            new("type", type),
            new("outcome", outcome)
        );

    /// <summary>A placement has ended.</summary>
    /// <param name="outcome"><c>placed</c>, <c>replayed</c>, <c>conflict</c>, <c>throttled</c> or <c>error</c>.</param>
    public void OrderPlaced(string outcome) =>
        _placed.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>An order has its answer about stock.</summary>
    /// <param name="took">Since it was placed.</param>
    /// <param name="outcome">The status that it has then, in lower case.</param>
    public void OrderSettled(TimeSpan took, string outcome) =>
        _settled.Record(
            Math.Max(0, took.TotalSeconds),
            new KeyValuePair<string, object?>("outcome", outcome)
        );

    /// <summary>A batch of messages was handed over.</summary>
    /// <param name="topic">Of all of them.</param>
    /// <param name="outcome"><c>done</c>, <c>failed</c>, <c>dead</c> or <c>store_away</c>.</param>
    /// <param name="count">How many.</param>
    public void Delivered(string topic, string outcome, int count)
    {
        _delivered.Add(count, new("topic", topic), new("outcome", outcome));
        _batches.Record(count, new KeyValuePair<string, object?>("topic", topic));
    }

    /// <summary>A connection is open until what this returns is disposed.</summary>
    /// <param name="transport"><c>websocket</c> or <c>sse</c>.</param>
    public IDisposable Connected(string transport) => new OpenConnection(_connections, transport);

    /// <summary>A call was made, or refused.</summary>
    /// <param name="breaker">Which guards it.</param>
    /// <param name="outcome"><c>ok</c>, <c>slow</c>, <c>failed</c> or <c>refused</c>.</param>
    public void Called(string breaker, string outcome) =>
        _calls.Add(1, new("breaker", breaker), new("outcome", outcome));

    /// <summary>Products were searched.</summary>
    /// <param name="store">Who answered: <c>tables</c>, <c>elasticsearch</c> or <c>fallback</c>.</param>
    /// <param name="outcome"><c>found</c>, <c>nothing</c> or <c>unavailable</c>.</param>
    public void Searched(string store, string outcome) =>
        _searches.Add(1, new("store", store), new("outcome", outcome));

    /// <summary>An event for others outside has ended.</summary>
    /// <param name="topic">Where it went.</param>
    /// <param name="outcome"><c>sent</c> or <c>failed</c>.</param>
    public void SentOutside(string topic, string outcome) =>
        _outside.Add(1, new("topic", topic), new("outcome", outcome));

    /// <summary>Recorded spans have come to their end.</summary>
    /// <param name="outcome"><c>sent</c>, <c>failed</c> where nobody took them, or <c>dropped</c> where too many waited.</param>
    /// <param name="count">How many.</param>
    public void SpansEnded(string outcome, int count) =>
        _spans.Add(count, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A job that runs by the clock has succeeded on this node.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="at">When it ended.</param>
    public void JobSucceeded(string job, DateTimeOffset at) =>
        // `job` is Prometheus' own word for what it asks.
        _jobs.Record(at.ToUnixTimeSeconds(), new KeyValuePair<string, object?>("job_name", job));

    /// <inheritdoc />
    public void Dispose() => Instruments.Dispose();

    private sealed class OpenConnection : IDisposable
    {
        private readonly UpDownCounter<int> _count;
        private readonly KeyValuePair<string, object?> _transport;

        public OpenConnection(UpDownCounter<int> count, string transport)
        {
            (_count, _transport) = (count, new("transport", transport));
            _count.Add(1, _transport);
        }

        public void Dispose() => _count.Add(-1, _transport);
    }
}
