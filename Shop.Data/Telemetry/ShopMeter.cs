using System.Diagnostics.Metrics;

namespace Shop.Data.Telemetry;

/// <summary>
/// All that a shop counts and measures of itself. Labels come from closed sets: never an id, an address or a text of a client's.
/// Thread-safe.
/// </summary>
public sealed class ShopMeter : IDisposable
{
    /// <summary>What the meter is called.</summary>
    public const string Name = "Shop";

    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _operations;
    private readonly Counter<long> _placed;
    private readonly Histogram<double> _settled;
    private readonly Counter<long> _delivered;
    private readonly Histogram<int> _batches;
    private readonly UpDownCounter<int> _connections;
    private readonly Counter<long> _calls;
    private readonly Gauge<long> _jobs;

    /// <summary>Nothing is measured before somebody listens.</summary>
    public ShopMeter()
    {
        _operations = _meter.CreateHistogram<double>(
            "shop.graphql.operation.duration",
            "s",
            "Operations that the engine ran, subscriptions until they stand; kept answers are not among them."
        );
        _placed = _meter.CreateCounter<long>("shop.orders.placed", null, "Placements by how they ended.");
        _settled = _meter.CreateHistogram<double>(
            "shop.orders.settle.duration",
            "s",
            "From an order's placing to the answer about its stock."
        );
        _delivered = _meter.CreateCounter<long>(
            "shop.messages.delivered",
            null,
            "Tries to hand over messages."
        );
        _batches = _meter.CreateHistogram<int>(
            "shop.messages.batch.size",
            null,
            "Messages that were handed over together."
        );
        _connections = _meter.CreateUpDownCounter<int>("shop.connections", null, "Open connections.");
        _jobs = _meter.CreateGauge<long>(
            "shop.jobs.last_success",
            "s",
            "When a job last succeeded on this node, in seconds since 1970."
        );
        _meter.CreateObservableGauge(
            "shop.build.info",
            () => Of(1, ("version", ProcessIdentity.BuildVersion)),
            null,
            "Always 1; says which build it is."
        );
        _calls = _meter.CreateCounter<long>(
            "shop.breaker.calls",
            null,
            "Calls that a breaker watched or refused."
        );
    }

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
    /// <param name="outcome"><c>ok</c>, <c>failed</c> or <c>refused</c>.</param>
    public void Called(string breaker, string outcome) =>
        _calls.Add(1, new("breaker", breaker), new("outcome", outcome));

    /// <summary>A job that runs by the clock has succeeded on this node.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="at">When it ended.</param>
    public void JobSucceeded(string job, DateTimeOffset at) =>
        // `job` is Prometheus' own word for what it asks.
        _jobs.Record(at.ToUnixTimeSeconds(), new KeyValuePair<string, object?>("job_name", job));

    /// <summary>Placements that wait for a writer.</summary>
    public void ObserveIntake(Func<int> waiting) =>
        _meter.CreateObservableGauge(
            "shop.intake.waiting",
            waiting,
            null,
            "Placements that wait for a writer."
        );

    /// <summary>0 closed, 1 half open, 2 open, by the breaker's name.</summary>
    public void ObserveBreakers(Func<IEnumerable<(string Breaker, int State)>> read) =>
        _meter.CreateObservableGauge(
            "shop.breaker.state",
            () => read().Select(each => Of(each.State, ("breaker", each.Breaker))),
            null,
            "0 closed, 1 half open, 2 open."
        );

    /// <summary>Looks that found something, and looks that did not, by the memory's name.</summary>
    public void ObserveCaches(Func<IEnumerable<(string Cache, long Hits, long Misses)>> read) =>
        _meter.CreateObservableCounter(
            "shop.cache.requests",
            () =>
                read()
                    .SelectMany(each =>
                        new[]
                        {
                            Of(each.Hits, ("cache", each.Cache), ("outcome", "hit")),
                            Of(each.Misses, ("cache", each.Cache), ("outcome", "miss")),
                        }
                    ),
            null,
            "Looks into what is kept in memory."
        );

    /// <summary>What waits in each context's message table, by its name.</summary>
    public void ObserveMessages(
        Func<IEnumerable<(string Context, double LagSeconds, long Open, long Dead)>> read
    )
    {
        _meter.CreateObservableGauge(
            "shop.messages.lag",
            () => read().Select(each => Of(each.LagSeconds, ("context", each.Context))),
            "s",
            "Age of the oldest message that is not confirmed; dead ones do not count."
        );
        _meter.CreateObservableGauge(
            "shop.messages.open",
            () => read().Select(each => Of(each.Open, ("context", each.Context))),
            null,
            "Messages that are not confirmed."
        );
        _meter.CreateObservableGauge(
            "shop.messages.dead",
            () => read().Select(each => Of(each.Dead, ("context", each.Context))),
            null,
            "Messages that failed too often."
        );
    }

    /// <summary>How far behind each replica shows, by its name.</summary>
    public void ObserveReplicas(Func<IEnumerable<(string Replica, double LagSeconds)>> read) =>
        _meter.CreateObservableGauge(
            "shop.replica.lag",
            () => read().Select(each => Of(each.LagSeconds, ("replica", each.Replica))),
            "s",
            "How far behind what a replica shows is."
        );

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static Measurement<T> Of<T>(T value, params ReadOnlySpan<(string Name, string Value)> labels)
        where T : struct
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (var n = 0; n < labels.Length; n++)
        {
            tags[n] = new(labels[n].Name, labels[n].Value);
        }

        return new(value, tags);
    }

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
