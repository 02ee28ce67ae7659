using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Shop.Channels;
using Shop.Channels.Notices;
using Shop.Data.Payments;
using Shop.Data.Payments.Channels;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Payments;

/// <summary>A simulated channel, the shop's side of it over real HTTP, and a clock in the hand.</summary>
public abstract class ChannelFixture : IAsyncLifetime
{
    /// <summary>The token of the written examples.</summary>
    public const string Token = SimulatedChannels.Token;

    private static int _last;
    private readonly string _folder = RunFolder.Make("channels");
    private readonly ChannelHttp _http = new();

    /// <summary>Eight in the morning of the first of January 2026, in Beijing.</summary>
    public FakeTimeProvider Clock { get; } = new(new(2026, 1, 1, 8, 0, 0, TimeSpan.FromHours(8)));

    public ChannelSimulator Simulator { get; private set; } = null!;

    internal NoticeDoor Door { get; private set; } = null!;

    internal IPaymentChannel Channel { get; private set; } = null!;

    protected abstract PaymentChannelCode Code { get; }

    public async ValueTask InitializeAsync()
    {
        Simulator = await ChannelSimulator.StartAsync(new(_folder) { Clock = Clock });
        Door = await NoticeDoor.OpenAsync();
        Door.Channel = Channel = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        await Door.DisposeAsync();
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The channel, by the simulator's settings with some put in their place; those that are null are left out.</summary>
    internal IPaymentChannel Open(params (string Name, string? Value)[] other) => Make(Account(other));

    /// <summary>The channel as a shop in production has it, with some settings put in their place.</summary>
    internal IPaymentChannel OpenInProduction(string shop, params (string Name, string? Value)[] other) =>
        Make(Account(new(shop), isProduction: true, [("Address", null), .. other]));

    /// <summary>The simulator's account, with some settings put in their place; those that are null are left out.</summary>
    internal ChannelAccount Account(params (string Name, string? Value)[] other) =>
        Account(Door.Address, isProduction: false, other);

    internal ChannelAccount Account(Uri shop, bool isProduction, params (string Name, string? Value)[] other)
    {
        var section = $"Payments:Accounts:{Code.Slug()}";
        var settings = Simulator.Settings.ToDictionary(
            setting => setting.Key,
            setting => (string?)setting.Value
        );
        foreach (var (name, value) in other)
        {
            settings.Remove($"{section}:{name}");
            if (value is not null)
            {
                settings[$"{section}:{name}"] = value;
            }
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new("main", Code, shop, configuration.GetSection(section), _http, isProduction, Clock);
    }

    /// <summary>An order of 129.90 that has half an hour.</summary>
    internal PaymentOrder NewOrder(PaymentMethod method, long minor = 12990) =>
        new(
            $"S73018842016{Interlocked.Increment(ref _last):D5}",
            Token,
            method,
            new(minor, "CNY"),
            "订单 S-1001",
            Clock.GetUtcNow(),
            Clock.GetUtcNow().AddMinutes(30),
            new("https://shop.example/orders/S-1001"),
            "203.0.113.7",
            method == PaymentMethod.WechatBrowser ? "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" : null
        );

    internal static PaymentRef Ref(PaymentOrder order) =>
        new(order.OutNo, null, order.Method, order.Amount, order.BegunAt, order.ExpiresAt, order.Token);

    /// <summary>A part of what was paid, or all of it, that is to go back.</summary>
    internal RefundOrder NewRefund(PaymentOrder order, long minor, long before = 0) =>
        new(
            $"SR{Interlocked.Increment(ref _last):D8}",
            null,
            new(minor, "CNY"),
            before,
            Clock.GetUtcNow(),
            "尺码不合适",
            Ref(order)
        );

    /// <summary>The next notice, and what it was answered.</summary>
    internal async Task<NoticeDelivery> NextNoticeAsync(string outNo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await Simulator.Notices.NextAsync(Code.Slug(), outNo, limit.Token);
    }

    /// <summary>The next notice, as the channel has read it.</summary>
    internal async Task<NoticeReading> NextReadingAsync(string outNo)
    {
        var delivery = await NextNoticeAsync(outNo);
        Assert.NotEqual(0, delivery.Status);
        Assert.True(Door.Readings.TryDequeue(out var reading));
        return reading;
    }

    private protected abstract IPaymentChannel Make(ChannelAccount account);
}
