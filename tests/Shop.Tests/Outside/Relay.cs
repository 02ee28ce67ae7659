using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shop.Data.Orders;
using Shop.Data.Orders.Feed;
using Shop.Data.Storage;
using Shop.Data.Telemetry;
using Shop.Jobs.Outside;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Outside;

/// <summary>A relay that runs in this process, in the time of the world.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly ShopMeter _meter = new();
    private readonly RelaySteps _relay;

    private Relay(ShopFixture shop, string address, string topic)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Kafka"] = address,
                    ["Client:socket.connection.setup.timeout.ms"] = "2000",
                }
            )
            .Build();
        _relay = new(
            new OrderFeed(shop.Get<Database<OrdersDb>>(), TimeProvider.System),
            Options.Create(settings.Get<KafkaOptions>()!),
            Options.Create(new TopicOptions { Orders = topic }),
            _meter,
            TimeProvider.System,
            NullLogger<RelaySteps>.Instance
        );
    }

    public static async Task<Relay> StartAsync(ShopFixture shop, string address, string topic)
    {
        var relay = new Relay(shop, address, topic);
        await relay._relay.StartAsync(CancellationToken.None);
        return relay;
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.StopAsync(CancellationToken.None);
        _relay.Dispose();
        _meter.Dispose();
    }
}
