using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Orders.Feed;
using Shop.Data.Storage.Bookmarks;
using Shop.Data.Telemetry;

namespace Shop.Jobs.Outside;

/// <summary>
/// Brings the steps of orders to Kafka: each at least once, and those of an order in order. One host of all does it at a time;
/// the others look each second whether it still does.
/// </summary>
internal sealed class RelaySteps : BackgroundService
{
    /// <summary>What its bookmark is called, and the feed for staff.</summary>
    public const string Reader = "kafka";

    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    // What comes meanwhile goes along.
    private static readonly TimeSpan _gather = TimeSpan.FromMilliseconds(20);

    private readonly OrderFeed _feed;
    private readonly KafkaOptions _options;
    private readonly string _topic;
    private readonly ShopMeter _meter;
    private readonly TimeProvider _clock;
    private readonly ILogger<RelaySteps> _log;
    private readonly RelayLag _lag;

    public RelaySteps(
        OrderFeed feed,
        IOptions<KafkaOptions> options,
        IOptions<TopicOptions> topics,
        ShopMeter meter,
        TimeProvider clock,
        ILogger<RelaySteps> log
    )
    {
        (_feed, _options, _topic) = (feed, options.Value, topics.Value.Orders);
        (_meter, _clock, _log) = (meter, clock, log);
        _lag = new(_topic, clock);
        meter.ObserveOutside(_lag.Read);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RelayAsync(stoppingToken);
            }
            catch (OtherClusterException fault)
            {
                _log.RelayStopped(_topic, fault);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                _log.RelayInterrupted(_topic, fault);
            }

            await Task.Delay(_again, _clock, stoppingToken);
        }
    }

    private async Task RelayAsync(CancellationToken cancel)
    {
        await using var feed = await _feed.OpenAsync(Reader, cancel);
        if (feed is null)
        {
            _lag.IsAnothers();
            return;
        }

        // Until all is there that there is now.
        _lag.Since(_clock.GetUtcNow());
        using var topic = await KafkaTopic.OpenAsync(_topic, _options, _meter, _clock, _log);
        while (true)
        {
            var reading = await feed.ReadAsync((step, stop) => SendAsync(topic, step, stop), cancel);
            await topic.AcknowledgedAsync(cancel);
            StopPoint.Reach("steps acknowledged, bookmark not kept");
            await feed.KeepAsync(reading, cancel);
            if (reading.Count > 0)
            {
                StopPoint.Reach("bookmark kept, nothing else done");
            }

            _lag.None();
            await feed.AwaitAsync(_options.Poll, cancel);
            await Task.Delay(_gather, _clock, cancel);
        }
    }

    private async Task SendAsync(KafkaTopic topic, ToldStep step, CancellationToken cancel)
    {
        _lag.Since(step.At);
        await topic.SendAsync(StepEvent.Of(step), cancel);
        StopPoint.Reach("a step handed over, the others not");
    }
}
