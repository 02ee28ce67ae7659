using System.Diagnostics.Metrics;

namespace Shop.Data.Telemetry;

/// <summary>
/// What is looked at when a reading is taken. What is given here is asked on the thread that reads, so it answers at once, from
/// memory; a process tells of nothing that it was not given.
/// </summary>
public static class ShopGauges
{
    /// <summary>Placements that wait for a writer.</summary>
    public static void ObserveIntake(this ShopMeter meter, Func<int> waiting) =>
        meter.Instruments.CreateObservableGauge(
            "shop.intake.waiting",
            waiting,
            null,
            "Placements that wait for a writer."
        );

    /// <summary>0 closed, 1 half open, 2 open, by the breaker's name.</summary>
    public static void ObserveBreakers(
        this ShopMeter meter,
        Func<IEnumerable<(string Breaker, int State)>> read
    ) =>
        meter.Instruments.CreateObservableGauge(
            "shop.breaker.state",
            () => read().Select(each => Of(each.State, ("breaker", each.Breaker))),
            null,
            "0 closed, 1 half open, 2 open."
        );

    /// <summary>Looks that found something, and looks that did not, by the memory's name.</summary>
    public static void ObserveCaches(
        this ShopMeter meter,
        Func<IEnumerable<(string Cache, long Hits, long Misses)>> read
    ) =>
        meter.Instruments.CreateObservableCounter(
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
    public static void ObserveMessages(
        this ShopMeter meter,
        Func<IEnumerable<(string Context, double LagSeconds, long Open, long Dead)>> read
    )
    {
        meter.Instruments.CreateObservableGauge(
            "shop.messages.lag",
            () => read().Select(each => Of(each.LagSeconds, ("context", each.Context))),
            "s",
            "Age of the oldest message that is not confirmed; dead ones do not count."
        );
        meter.Instruments.CreateObservableGauge(
            "shop.messages.open",
            () => read().Select(each => Of(each.Open, ("context", each.Context))),
            null,
            "Messages that are not confirmed."
        );
        meter.Instruments.CreateObservableGauge(
            "shop.messages.dead",
            () => read().Select(each => Of(each.Dead, ("context", each.Context))),
            null,
            "Messages that failed too often."
        );
    }

    /// <summary>How far behind each replica shows, by its name.</summary>
    public static void ObserveReplicas(
        this ShopMeter meter,
        Func<IEnumerable<(string Replica, double LagSeconds)>> read
    ) =>
        meter.Instruments.CreateObservableGauge(
            "shop.replica.lag",
            () => read().Select(each => Of(each.LagSeconds, ("replica", each.Replica))),
            "s",
            "How far behind what a replica shows is."
        );

    /// <summary>How far behind those are who read outside, by the topic.</summary>
    public static void ObserveOutside(
        this ShopMeter meter,
        Func<IEnumerable<(string Topic, double LagSeconds)>> read
    ) =>
        meter.Instruments.CreateObservableGauge(
            "shop.outside.lag",
            () => read().Select(each => Of(each.LagSeconds, ("topic", each.Topic))),
            "s",
            "Age of the oldest step that others outside do not have."
        );

    /// <summary>How old the index is that products are found by, by who finds them.</summary>
    public static void ObserveSearch(
        this ShopMeter meter,
        Func<IEnumerable<(string Store, double LagSeconds)>> read
    ) =>
        meter.Instruments.CreateObservableGauge(
            "shop.search.lag",
            () => read().Select(each => Of(each.LagSeconds, ("store", each.Store))),
            "s",
            "Age of the index that products are found by."
        );

    /// <summary>How much of an index that is being built is there, from 0 to 1; nothing while none is.</summary>
    public static void ObserveRebuild(this ShopMeter meter, Func<double?> read) =>
        meter.Instruments.CreateObservableGauge(
            "shop.search.rebuild_done",
            () => read() is { } done ? [new(done)] : Array.Empty<Measurement<double>>(),
            null,
            "Part of the products that an index which is being built has."
        );

    internal static Measurement<T> Of<T>(T value, params ReadOnlySpan<(string Name, string Value)> labels)
        where T : struct
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (var n = 0; n < labels.Length; n++)
        {
            tags[n] = new(labels[n].Name, labels[n].Value);
        }

        return new(value, tags);
    }
}
