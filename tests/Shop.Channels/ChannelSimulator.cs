using System.Globalization;
using Shop.Channels.Books;
using Shop.Channels.Control;
using Shop.Channels.Faults;
using Shop.Channels.Notices;
using Shop.Channels.Wires;

namespace Shop.Channels;

/// <summary>Payment channels on this machine: the true wires, keys and books of their own, and whatever misbehaviour is asked for.</summary>
public sealed class ChannelSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly World _world;
    private readonly Dictionary<string, Wire> _wires;

    private ChannelSimulator(WebApplication app, World world, Dictionary<string, Wire> wires) =>
        (_app, _world, _wires) = (app, world, wires);

    /// <summary>Where it is reached.</summary>
    public Uri Address => _world.Address;

    /// <summary>Where its key files lie.</summary>
    public string Folder => _world.Keys.Path;

    /// <summary>The channels' own books.</summary>
    public TradeBook Trades => _world.Trades;

    /// <summary>What goes wrong.</summary>
    public Misbehaviour Misbehaviour => _world.Misbehaviour;

    /// <summary>What goes to the shop.</summary>
    public NoticePost Notices => _world.Notices;

    /// <summary>Where the shop is reached, for a channel whose notices go to one address for the whole account.</summary>
    public Uri? ShopAddress
    {
        get => _world.ShopAddress;
        set => _world.ShopAddress = value;
    }

    /// <summary>The settings with which a shop uses all of its channels: <c>Payments:Accounts:{name}:Channel</c> and so on.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        (
            from wire in _wires.Values
            from setting in wire.Settings
            select KeyValuePair.Create($"Payments:Accounts:{wire.Channel}:{setting.Key}", setting.Value)
        ).ToDictionary();

    /// <summary>Makes keys, and listens.</summary>
    public static async Task<ChannelSimulator> StartAsync(SimulatorOptions options)
    {
        var misbehaviour = new Misbehaviour(options.Rates);
        var world = new World(
            options.Clock,
            new(options.Folder),
            new(),
            misbehaviour,
            new(misbehaviour, options.Clock, options.Pace)
        )
        {
            ShopAddress = options.ShopAddress,
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(
            string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port}")
        );
        var app = builder.Build();
        var wires = AllWires.Makers.Select(make => make(world)).ToDictionary(wire => wire.Channel);
        var simulator = new ChannelSimulator(app, world, wires);
        foreach (var wire in wires.Values)
        {
            wire.Map(app);
        }

        ControlEndpoints.Map(app, simulator);
        CounterPage.Map(app, simulator);
        await app.StartAsync();
        world.Address = new(app.Urls.Single());
        return simulator;
    }

    /// <summary>Writes <see cref="Settings"/> to <c>settings</c> in <see cref="Folder"/>, a line each, for a shop in another process.</summary>
    public void WriteSettings() =>
        _world.Keys.Write(
            "settings",
            string.Concat(Settings.Select(setting => $"{setting.Key}={setting.Value}\n"))
        );

    /// <summary>A channel's wire, to send its notices by hand.</summary>
    public Wire Wire(string channel) => _wires[channel];

    /// <summary>The customer pays; the notice goes out by itself.</summary>
    /// <param name="channel">Such as <c>wechat-pay</c>.</param>
    /// <param name="outNo">The shop's number for the payment.</param>
    /// <exception cref="InvalidOperationException">It can't be paid: it is paid, closed, or past its time.</exception>
    /// <exception cref="KeyNotFoundException">There is no such channel or payment.</exception>
    public Trade Pay(string channel, string outNo) => _wires[channel].Pay(outNo);

    /// <summary>The customer, or the bank, declines.</summary>
    /// <param name="channel">Such as <c>wechat-pay</c>.</param>
    /// <param name="outNo">The shop's number for the payment.</param>
    /// <exception cref="KeyNotFoundException">There is no such channel or payment.</exception>
    public Trade Decline(string channel, string outNo) => _wires[channel].Decline(outNo);

    /// <summary>Ends when the process is asked to.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Notices.DisposeAsync();
        await _app.DisposeAsync();
    }
}
