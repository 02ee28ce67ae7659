using System.Net.WebSockets;
using System.Text.Json;
using Shop.GraphQL.Engine.Documents;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Telemetry;

/// <summary>A shop that has sold one thing of the sample catalogue, is being paid for it, and has one listener.</summary>
public sealed class SoldShop : IAsyncLifetime
{
    /// <summary>The trace that all that was done here is a part of.</summary>
    internal const string Click = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly ClientWebSocket _listener = new();
    private readonly (string Name, string Value)[] _settings;
    private readonly string _rules = Path.Combine(RunFolder.Make("rules"), "rules.json");
    private WebProcess? _web;

    public SoldShop()
        : this([]) { }

    /// <summary>One that is set otherwise.</summary>
    internal SoldShop(params (string Name, string Value)[] settings) => _settings = settings;

    internal ShopFixture Shop { get; } = new();

    internal WebProcess Web => _web ?? throw new InvalidOperationException("Not started yet.");

    public async ValueTask InitializeAsync()
    {
        await Shop.InitializeAsync();
        await File.WriteAllTextAsync(_rules, """{ "version": "1", "system": {} }""");
        _web = await WebProcess.OpenAsync(
            Shop,
            [
                ("Catalog__Sample", "true"),
                // Others are to hear of it, and do not: what is measured of that is told.
                ("Outside__Kafka", "127.0.0.1:1"),
                // How the file of rules is taken is told, and how many may run.
                ("Admission__Rules", _rules),
                ("Payments__Production", "false"),
                ("Payments__Sandbox", "true"),
                ("Payments__PublicAddress", "http://127.0.0.1/"),
                .. _settings,
            ]
        );
        await Eventually.TrueAsync(Shop, "select bool_and(status = 2) from catalog.local_message");
        await Web.AskAsync("{ productSearch(text: \"heart\") { totalCount } }");
        _listener.Options.AddSubProtocol("graphql-transport-ws");
        await _listener.ConnectAsync(
            new UriBuilder(Web.Client.BaseAddress!) { Scheme = "ws", Path = "/graphql" }.Uri,
            CancellationToken.None
        );
        var (order, accessKey) = await PlaceAsync();
        await Eventually.TrueAsync(Shop, """select bool_and(status <> 0) from orders."order" """);
        await SendAsync(
            "PaymentBeginMutation",
            new
            {
                idempotencyKey = Guid.CreateVersion7(),
                order = new { id = order },
                accessKey,
                channel = "SANDBOX",
                method = "WEB",
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _web?.Dispose();
        await Shop.DisposeAsync();
    }

    private async Task<(string? Order, string? AccessKey)> PlaceAsync()
    {
        var created = await SendAsync(
            "CartCreateMutation",
            new { lines = new[] { new { variant = new { sku = "85123A" }, quantity = 1 } } }
        );
        var placed = await SendAsync(
            "OrderPlaceMutation",
            new
            {
                cartId = created.GetProperty("cartCreate").GetProperty("cart").GetProperty("id").GetString(),
                idempotencyKey = Guid.CreateVersion7(),
                email = "ada@example.com",
                shippingAddress = new
                {
                    name = "Ada Lovelace",
                    line1 = "12 St James Square",
                    city = "London",
                    postalCode = "SW1Y 4JH",
                    countryCode = "GB",
                },
            }
        );
        var answer = placed.GetProperty("orderPlace");
        return (
            answer.GetProperty("order").GetProperty("id").GetString(),
            answer.GetProperty("accessKey").GetString()
        );
    }

    private async Task<JsonElement> SendAsync(string operation, object input)
    {
        var document = OperationFiles.Read().Single(document => document.Name == operation);
        var answer = await Web.AskAsync(document.Text, new { input }, Click);
        return JsonDocument.Parse(answer).RootElement.GetProperty("data");
    }
}
