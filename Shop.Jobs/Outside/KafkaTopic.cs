using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Shop.Data.Telemetry;

namespace Shop.Jobs.Outside;

/// <summary>
/// A topic of Kafka and the producer that writes to it, in order: no message is given up while a later one of its partition
/// goes. After a fault there is nothing to be done with it but to dispose of it. Used by one at a time.
/// </summary>
internal sealed class KafkaTopic : IDisposable
{
    private const int MaxWaiting = 100_000;
    private const int MaxWaitingKilobytes = 64 * 1024;

    private static readonly TimeSpan _answerWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _roomWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(10);

    private readonly string _name;
    private readonly ShopMeter _meter;
    private readonly TimeProvider _clock;
    private readonly IProducer<string, byte[]> _producer;
    private readonly Lock _counting = new();
    private long _handedOver;
    private long _arrived;
    private KafkaException? _fault;
    private TaskCompletionSource? _waiting;

    private KafkaTopic(string name, KafkaOptions options, ShopMeter meter, TimeProvider clock, ILogger log)
    {
        (_name, _meter, _clock) = (name, meter, clock);
        _producer = new ProducerBuilder<string, byte[]>(Settings(options))
            .SetErrorHandler(
                (_, error) =>
                {
                    log.KafkaFails(error.Reason);
                    if (error.IsFatal)
                    {
                        Fail(new KafkaException(error));
                    }
                }
            )
            .SetLogHandler((_, said) => log.KafkaSays(said.Message))
            .Build();
    }

    /// <summary>Opens a topic.</summary>
    /// <exception cref="KafkaException">No broker answers, or there is no such topic.</exception>
    public static async Task<KafkaTopic> OpenAsync(
        string name,
        KafkaOptions options,
        ShopMeter meter,
        TimeProvider clock,
        ILogger log
    )
    {
        var topic = new KafkaTopic(name, options, meter, clock, log);
        try
        {
            // It waits on the thread that asks.
            await Task.Run(topic.Find);
            return topic;
        }
        catch
        {
            topic.Dispose();
            throw;
        }
    }

    /// <summary>Hands over a message; it is on its way when this returns.</summary>
    /// <exception cref="KafkaException">One before it was refused.</exception>
    /// <exception cref="TimeoutException">As many wait as may, and none has gone for ten seconds.</exception>
    public async Task SendAsync(Message<string, byte[]> message, CancellationToken cancel)
    {
        var began = _clock.GetTimestamp();
        while (true)
        {
            lock (_counting)
            {
                ThrowIfFailed();
            }

            try
            {
                _producer.Produce(_name, message, Delivered);
                // By one at a time, who also is the one that waits.
                _handedOver++;
                return;
            }
            catch (ProduceException<string, byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
            {
                if (_clock.GetElapsedTime(began) > _roomWithin)
                {
                    throw new TimeoutException("Kafka takes nothing.", full);
                }

                await Task.Delay(_look, _clock, cancel);
            }
        }
    }

    /// <summary>Returns when the brokers have all that was handed over, each on enough disks; however long that takes.</summary>
    /// <exception cref="KafkaException">A message was refused.</exception>
    public Task AcknowledgedAsync(CancellationToken cancel)
    {
        lock (_counting)
        {
            ThrowIfFailed();
            if (_handedOver == _arrived)
            {
                return Task.CompletedTask;
            }

            _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiting.Task.WaitAsync(cancel);
        }
    }

    /// <summary>What has not gone is forgotten.</summary>
    public void Dispose() => _producer.Dispose();

    private static ProducerConfig Settings(KafkaOptions options) =>
        new(options.Client.ToDictionary())
        {
            BootstrapServers = options.Kafka,
            EnableIdempotence = true,
            Acks = Acks.All,
            // What cannot be sent ends the producer, instead of being left out.
            EnableGaplessGuarantee = true,
            // Never given up: a message that timed out would be sent again behind the next one.
            MessageTimeoutMs = 0,
            LingerMs = 5,
            CompressionType = options.Compression,
            // As Java's clients do it, so that a key is in the same partition for all.
            Partitioner = Partitioner.Murmur2Random,
            QueueBufferingMaxMessages = MaxWaiting,
            QueueBufferingMaxKbytes = MaxWaitingKilobytes,
            ReconnectBackoffMaxMs = 1000,
        };

    private void Find()
    {
        using var admin = new DependentAdminClientBuilder(_producer.Handle).Build();
        var topic = admin.GetMetadata(_name, _answerWithin).Topics.Single();
        if (topic.Error.IsError)
        {
            throw new KafkaException(topic.Error);
        }
    }

    private void Delivered(DeliveryReport<string, byte[]> report)
    {
        if (report.Error.IsError)
        {
            _meter.SentOutside(_name, "failed");
            Fail(new KafkaException(report.Error));
        }
        else
        {
            _meter.SentOutside(_name, "sent");
            Arrive();
        }
    }

    private void Arrive()
    {
        lock (_counting)
        {
            _arrived++;
            if (_arrived == _handedOver)
            {
                _waiting?.TrySetResult();
            }
        }
    }

    private void Fail(KafkaException fault)
    {
        lock (_counting)
        {
            _fault ??= fault;
            _waiting?.TrySetException(fault);
        }
    }

    private void ThrowIfFailed()
    {
        if (_fault is not null)
        {
            throw new KafkaException(_fault.Error, _fault);
        }
    }
}
