using Shop.GraphQL.Host.Embedded;
using Shop.Load.Client;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Fire;

/// <summary>A town for a class of tests, and shoppers in it. Use it as <c>IClassFixture&lt;TownFixture&gt;</c>.</summary>
public sealed class TownFixture : IAsyncLifetime
{
    private const int Shoppers = 4;

    // Of a shopper between two purchases: what is started again needs the processors, too.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    private readonly List<ShopClient> _clients = [];
    private IReadOnlyList<KnownSku> _skus = [];

    internal Town Town { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        Town = await Town.OpenAsync(
            new(
                RunFolder.Make("town"),
                PostgresSettings.Disposable,
                // What a killed job host held is another's after a second, instead of fifteen.
                new Dictionary<string, string> { ["Messages__Lease"] = "00:00:01" }
            ),
            patience.Token
        );
        _clients.AddRange(Town.Webs.Select(web => new ShopClient(web.Address!, Shoppers)));
        _skus = await Catalogue.SkusAsync(_clients[0], patience.Token);
    }

    /// <summary>Shoppers buy; something happens; they go on buying; then every promise is compared with what is there.</summary>
    /// <param name="disaster">Begins when they are at it, and ends when all is as before.</param>
    internal async Task SurvivesAsync(Func<SteadyShoppers, CancellationToken, Task> disaster)
    {
        using var patience = new CancellationTokenSource(_patience);
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var shop = new PatientClient(_clients, TimeProvider.System);
        var shoppers = new SteadyShoppers(shop, _skus, _pause, TimeProvider.System);
        var before = await Town.OrdersAsync(patience.Token);
        var buying = shoppers.BuyAsync(Shoppers, closing.Token);

        await shoppers.AnsweredAsync(20, patience.Token);
        await disaster(shoppers, patience.Token);
        await shoppers.AnsweredAsync(20, patience.Token);
        await closing.CancelAsync();
        await buying;

        var reckoning = await Reckoning.OfAsync(Town, shop, shoppers, before, patience.Token);
        Assert.True(reckoning.IsClean, reckoning.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await (Town?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
