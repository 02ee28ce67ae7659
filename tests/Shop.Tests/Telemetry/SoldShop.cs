using System.Net.WebSockets;
using System.Text.Json;
using Shop.GraphQL.Engine.Documents;
using Shop.Load.Bench.Events;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Telemetry;

/// <summary>A shop that has sold one thing of the sample catalogue, is being paid for it, and has one listener.</summary>
public sealed class SoldShop : IAsyncLifetime
{
    /// <summary>The trace that all that was done here is a part of.</summary>
    internal const string Click = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /// <summary>Of <see cref="Outside"/>.</summary>
    internal const string Topic = "shop.orders";

    private readonly ClientWebSocket _listener = new();
    private readonly (string Name, string Value)[] _settings;
    private readonly bool _jobsApart;
    private TownNode? _jobs;
    private readonly string _rules = Path.Combine(RunFolder.Make("rules"), "rules.json");
    private WebProcess? _web;

    public SoldShop()
        : this(jobsApart: false) { }

    /// <summary>One that is set otherwise, and whose jobs may be a process of their own.</summary>
    internal SoldShop(bool jobsApart, params (string Name, string Value)[] settings)
    {
        _jobsApart = jobsApart;
        _settings =
        [
            ("Outside__Kafka", Outside.Address),
            ("Jobs__InProcess", jobsApart ? "false" : "true"),
            .. settings,
        ];
    }

    /// <summary>Where others hear of its orders.</summary>
    internal MockCluster Outside { get; } = new(Topic);

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
                // How the file of rules is taken is told, and how many may run.
                ("Admission__Rules", _rules),
                ("Payments__Production", "false"),
                ("Payments__Sandbox", "true"),
                ("Payments__PublicAddress", "http://127.0.0.1/"),
                .. _settings,
            ]
        );
        if (_jobsApart)
        {
            await StartJobsAsync();
        }

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
        _jobs?.Dispose();
        _web?.Dispose();
        await Shop.DisposeAsync();
        Outside.Dispose();
    }

    /// <summary>Sells one more.</summary>
    internal async Task<(string Order, string AccessKey)> PlaceAsync()
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
            answer.GetProperty("order").GetProperty("id").GetString()!,
            answer.GetProperty("accessKey").GetString()!
        );
    }

    private async Task StartJobsAsync()
    {
        _jobs = TownNode.Jobs(
            "jobs",
            Programs.BuiltWithUs,
            _settings
                .Append(("ConnectionStrings__Shop", Shop.Postgres))
                .Append(("ConnectionStrings__Redis", Shop.Redis))
                .Append(("Jobs__Cluster", "false"))
                .ToDictionary(setting => setting.Item1, setting => setting.Item2)
        );
        await _jobs.StartAsync(CancellationToken.None);
    }

    private async Task<JsonElement> SendAsync(string operation, object input)
    {
        var document = OperationFiles.Read().Single(document => document.Name == operation);
        var answer = await Web.AskAsync(document.Text, new { input }, Click);
        return JsonDocument.Parse(answer).RootElement.GetProperty("data");
    }
}
