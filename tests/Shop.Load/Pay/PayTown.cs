using Shop.Channels;
using Shop.Channels.Faults;
using Shop.Load.Client;
using Shop.Load.Fire;

namespace Shop.Load.Pay;

/// <summary>
/// A town that sells in yuan, which every channel takes, beside channels that lose a tenth of their notices, send a tenth twice,
/// and leave a twentieth of the calls that they have done without an answer.
/// </summary>
internal sealed class PayTown : IAsyncDisposable
{
    private const string Currency = "CNY";

    // A channel's minute takes 0.6 s: what a killed web host did not take comes again when it is back.
    private const double Pace = 0.01;

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);

    private PayTown(Town town, ChannelSimulator channels, Shelf shelf) =>
        (Town, Channels, Shelf) = (town, channels, shelf);

    public Town Town { get; }

    public ChannelSimulator Channels { get; }

    /// <summary>What is sold.</summary>
    public Shelf Shelf { get; }

    /// <summary>Opens both, with the sample catalogue.</summary>
    /// <param name="plan">How the town is built; what it needs to be paid is added.</param>
    /// <param name="seed">Of what goes wrong at the channels.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<PayTown> OpenAsync(TownPlan plan, int seed, CancellationToken cancel)
    {
        var channels = await ChannelSimulator.StartAsync(
            new(Path.Combine(plan.Home, "channels"))
            {
                Rates = new FaultRates(seed, NoticesDropped: 0.1, NoticesDoubled: 0.1, CallsHeldAfter: 0.05),
                Pace = Pace,
            }
        );
        var town = await Town.OpenAsync(plan with { Settings = Settings(plan, channels) }, cancel);
        channels.ShopAddress = new(town.Webs[0].Address!.Graph, "/");
        return new(town, channels, new(await StockedAsync(town, cancel)));
    }

    /// <summary>Time goes by: whatever channels are to be asked about in minutes or hours, they are asked about now.</summary>
    public Task HurryAsync(CancellationToken cancel) =>
        Town.RunAsync(
            """
            update payments.payment set next_check_at = now() where id in (
                select id from payments.payment where next_check_at > now() for update skip locked);
            update payments.refund set next_check_at = now() where id in (
                select id from payments.refund where next_check_at > now() for update skip locked);
            """,
            cancel
        );

    public async ValueTask DisposeAsync()
    {
        await Town.DisposeAsync();
        await Channels.DisposeAsync();
    }

    private static Dictionary<string, string> Settings(TownPlan plan, ChannelSimulator channels)
    {
        var settings = new Dictionary<string, string>(plan.Settings)
        {
            ["Shop__Currency"] = Currency,
            ["Payments__Production"] = "false",
        };
        foreach (var (name, value) in channels.Settings)
        {
            settings[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return settings;
    }

    /// <summary>Its stock is opened by the town's jobs.</summary>
    private static async Task<IReadOnlyList<KnownSku>> StockedAsync(Town town, CancellationToken cancel)
    {
        using var client = new ShopClient(town.Webs[0].Address!, connections: 1);
        using var look = new PeriodicTimer(_look, TimeProvider.System);
        while (await look.WaitForNextTickAsync(cancel))
        {
            var skus = await Catalogue.SkusAsync(client, cancel);
            if (skus.All(sku => sku.Available > 0))
            {
                return skus;
            }
        }

        throw new OperationCanceledException(cancel);
    }
}
