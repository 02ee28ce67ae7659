using Microsoft.Extensions.Time.Testing;
using Shop.Channels;
using Shop.Channels.Books;
using Shop.Channels.Faults;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Payments;

/// <summary>Channels on this machine with time in the hand, and a shop's accounts at them. No shop takes their notices.</summary>
public sealed class SimulatedChannels : IAsyncLifetime
{
    public const string Token =
        "7301884201664512:1767225600:5b0c9f6e2d7a4c1e8f3b6a9d0e2c4f71:v0Asn5vKxzoJUZlmU3egC2sQNyvE65kj2wmZHZIRhAE";

    private int _lastNumber;

    public FakeTimeProvider Clock { get; } = new(new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero));

    public ChannelSimulator Simulator { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Simulator = await ChannelSimulator.StartAsync(new(RunFolder.Make("channels")) { Clock = Clock });

    public ValueTask DisposeAsync() => Simulator.DisposeAsync();

    /// <summary>The account that the simulator's settings describe, with some of them changed.</summary>
    internal ChannelAccount Account(PaymentChannelCode code, params (string Name, string? Value)[] changes) =>
        Account(code, Clock, changes);

    /// <summary>The same, by another clock.</summary>
    internal ChannelAccount Account(
        PaymentChannelCode code,
        TimeProvider clock,
        params (string Name, string? Value)[] changes
    )
    {
        var prefix = $"Payments:Accounts:{code.Slug()}:";
        var settings = Simulator
            .Settings.Where(setting => setting.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(setting => setting.Key[prefix.Length..], setting => (string?)setting.Value);
        foreach (var (name, value) in changes)
        {
            settings[name] = value;
        }

        // Nobody listens there.
        return Accounts.Of(code, settings, clock, publicAddress: "http://127.0.0.1:1/");
    }

    /// <summary>An order that was not begun yet; it has half an hour.</summary>
    internal PaymentOrder Order(PaymentMethod method, long minor, string currency) =>
        new(
            $"S{7301884201664513 + Interlocked.Increment(ref _lastNumber)}",
            $"{Interlocked.Increment(ref _lastNumber)}{Token}",
            method,
            new(minor, currency),
            "Order S-1001",
            Clock.GetUtcNow(),
            Clock.GetUtcNow().AddMinutes(30),
            new("https://shop.example/orders/S-1001"),
            "203.0.113.7",
            OpenId: null
        );

    /// <summary>What is asked of an order that was begun.</summary>
    internal static PaymentRef Ref(PaymentOrder order, string? reference = null) =>
        new(order.OutNo, reference, order.Method, order.Amount, order.BegunAt, order.ExpiresAt, order.Token);

    /// <summary>A refund of a payment, with a number of its own.</summary>
    internal RefundOrder Refund(PaymentRef payment, long minor, long backBefore = 0) =>
        new(
            $"SR{7301884201664513 + Interlocked.Increment(ref _lastNumber)}",
            Reference: null,
            payment.Amount with
            {
                Minor = minor,
            },
            backBefore,
            Clock.GetUtcNow(),
            "Refund of S-1001",
            payment
        );

    /// <summary>What the shop reads of a notice that the channel would send.</summary>
    internal async Task<NoticeReading> ReadAsync(
        IPaymentChannel channel,
        string what,
        Trade trade,
        TradeRefund? refund = null,
        NoticeFault fault = NoticeFault.None
    )
    {
        var number = Interlocked.Increment(ref _lastNumber);
        var wire = Simulator.Wire(trade.Channel);
        using var request = wire.Write(
            new(wire.NoticeId(number, Clock.GetUtcNow()), what, trade, refund, Clock.GetUtcNow(), fault)
        );
        var body = await request.Content!.ReadAsByteArrayAsync();
        return channel.ReadNotice(
            name => request.Headers.TryGetValues(name, out var values) ? values.Single() : null,
            body
        );
    }
}
