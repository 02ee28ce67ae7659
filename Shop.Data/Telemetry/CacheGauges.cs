using System.Diagnostics.Metrics;

namespace Shop.Data.Telemetry;

/// <summary>What is looked at of memories when a reading is taken: see <see cref="ShopGauges"/>.</summary>
public static class CacheGauges
{
    /// <summary>Bytes, by the memory's name.</summary>
    public static void ObserveCacheBytes(
        this ShopMeter meter,
        Func<IEnumerable<(string Cache, long Bytes)>> read
    ) =>
        meter.Instruments.CreateObservableGauge(
            "shop.cache.bytes",
            () =>
                read()
                    .Select(each => new Measurement<long>(
                        each.Bytes,
                        new KeyValuePair<string, object?>("cache", each.Cache)
                    )),
            null,
            "Memory that is taken by what is kept, about."
        );

    /// <summary>Rows that were asked for by key, by how they were answered; and those that Redis did not take, for they were old.</summary>
    public static void ObserveRows(
        this ShopMeter meter,
        Func<IEnumerable<(string Outcome, long Count)>> read,
        Func<long> refused
    )
    {
        meter.Instruments.CreateObservableCounter(
            "shop.cache.rows",
            () =>
                read()
                    // What has never happened needs no line; the first stands for the metric.
                    .Where((each, n) => n == 0 || each.Count > 0)
                    .Select(each => new Measurement<long>(
                        each.Count,
                        new KeyValuePair<string, object?>("outcome", each.Outcome)
                    )),
            null,
            "Rows that were asked for by key."
        );
        meter.Instruments.CreateObservableCounter(
            "shop.cache.refused_fills",
            refused,
            null,
            "Rows that Redis refused as old."
        );
    }

    /// <summary>Keys that are known; nothing while none is denied.</summary>
    public static void ObserveKnownKeys(this ShopMeter meter, Func<long> read) =>
        meter.Instruments.CreateObservableGauge(
            "shop.cache.known_keys",
            () => read() is > 0 and var count ? [new(count)] : Array.Empty<Measurement<long>>(),
            null,
            "Keys of rows that are known."
        );
}
