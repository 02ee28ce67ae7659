using Shop.Tests.Fixtures;

namespace Shop.Tests.Outside;

/// <summary>A shop whose steps others outside hear of, and the broker where they do. The relay runs where a test has it run.</summary>
public sealed class KafkaShop : IAsyncLifetime
{
    internal ShopFixture Shop { get; } = new(_ => { }, ("Outside:Kafka", "127.0.0.1:1"));

    internal KafkaBroker Broker { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Shop.InitializeAsync();
        if (KafkaBroker.IsThere)
        {
            await Broker.StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Shop.DisposeAsync();
    }
}

/// <summary>Tests that share them, one after another.</summary>
[CollectionDefinition]
public sealed class KafkaTests : ICollectionFixture<KafkaShop>;
