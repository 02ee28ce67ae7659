using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shop.GraphQL.Engine.Documents;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Telemetry;

/// <summary>What an operator's Prometheus gets of a web host that has sold something.</summary>
public sealed partial class MetricsTests(MetricsTests.SoldShop sold) : IClassFixture<MetricsTests.SoldShop>
{
    private const string Click = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task A_real_Prometheus_reads_it_and_finds_the_trace_of_the_order()
    {
        const string Orders =
            "shop_graphql_operation_duration_seconds_bucket{operation=\"OrderPlaceMutation\"}";
        using var prometheus = PrometheusServer.Start("shop-web", sold.Web.OperationsPort);

        await Eventually.TrueAsync(async () =>
            await prometheus.ValueAsync("shop_orders_placed_total{outcome=\"placed\"}") is 1
        );
        await Eventually.TrueAsync(async () =>
            await prometheus.ValueAsync(
                "shop_orders_settle_duration_seconds_count{outcome=\"awaiting_payment\"}"
            )
                is 1
        );

        Assert.Equal(1, await prometheus.ValueAsync("up"));
        Assert.Equal(
            1,
            await prometheus.ValueAsync(
                "sum(shop_graphql_operation_duration_seconds_count{operation=\"OrderPlaceMutation\",type=\"mutation\",outcome=\"ok\"})"
            )
        );
        Assert.Contains(Click.Split('-')[1], await prometheus.ExemplarsAsync(Orders));
    }

    [Fact]
    public async Task The_name_that_a_client_gives_to_a_document_of_its_own_is_not_told()
    {
        await sold.Web.AskAsync("query OrderPlaceMutation { __typename }");
        await sold.Web.AskAsync("query MyOwn { __typename }");

        var text = await MetricsAsync();
        var queries = text.Split('\n')
            .Where(line => line.Contains("type=\"query\"", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(queries);
        Assert.All(queries, line => Assert.Contains("operation=\"other\"", line, StringComparison.Ordinal));
        Assert.DoesNotContain("MyOwn", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_costs_its_Prometheus_no_more_than_is_promised()
    {
        var text = await MetricsAsync();
        var series = text.Split('\n').Count(line => line.Length > 0 && line[0] != '#');

        Assert.InRange(series, 100, 1200);
        Assert.InRange(text.Length, 1, 60 * 1024);
    }

    [Fact]
    public async Task What_alerts_and_dashboards_ask_for_is_told()
    {
        var asked = Asking
            .Files()
            .SelectMany(file => Name().Matches(file))
            .Select(match => match.Value)
            .ToHashSet();
        HashSet<string> told = [];

        // Jobs and stores are looked at by and by.
        await Eventually.TrueAsync(async () =>
        {
            told = [.. Name().Matches(await MetricsAsync()).Select(match => match.Value)];
            return told.IsSupersetOf(asked);
        });

        Assert.Superset(asked, told);
    }

    [Fact]
    public async Task Clients_find_no_metrics_and_operators_nothing_for_clients()
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(sold.Web.Client, "/metrics"));
        Assert.Equal(
            HttpStatusCode.NotFound,
            await StatusAsync(sold.Web.Operators, "/graphql?query={__typename}")
        );
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(sold.Web.Operators, "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(sold.Web.Operators, "/health/ready"));
    }

    [Fact]
    public async Task A_host_of_jobs_tells_what_it_measures_too()
    {
        var port = WebProcess.FreePort();
        using var jobs = HostProcess.Start(
            "dotnet",
            [Programs.BuiltWithUs.Jobs],
            new Dictionary<string, string>
            {
                ["ConnectionStrings__Shop"] = sold.Shop.Postgres,
                ["ConnectionStrings__Redis"] = sold.Shop.Redis,
                ["Operations__Port"] = $"{port}",
            },
            readyWord: "Application started"
        );
        await jobs.ReadyAsync(CancellationToken.None);
        using var client = new HttpClient();
        var text = "";

        // It has to have looked into its stores once.
        await Eventually.TrueAsync(async () =>
        {
            text = await client.GetStringAsync($"http://127.0.0.1:{port}/metrics");
            return text.Contains("shop_messages_lag_seconds{", StringComparison.Ordinal);
        });

        Assert.Contains("service_name=\"shop-jobs\"", text, StringComparison.Ordinal);
    }

    private Task<string> MetricsAsync() => sold.Web.Operators.GetStringAsync("/metrics");

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }

    [GeneratedRegex(
        @"\b(shop|dotnet|db|http)_[a-z_0-9]+",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Name();

    /// <summary>A shop that has sold one thing of the sample catalogue, is being paid for it, and has one listener.</summary>
    public sealed class SoldShop : IAsyncLifetime
    {
        private readonly ClientWebSocket _listener = new();
        private WebProcess? _web;

        internal ShopFixture Shop { get; } = new();

        internal WebProcess Web => _web ?? throw new InvalidOperationException("Not started yet.");

        public async ValueTask InitializeAsync()
        {
            await Shop.InitializeAsync();
            _web = await WebProcess.OpenAsync(
                Shop,
                ("Catalog__Sample", "true"),
                ("Payments__Production", "false"),
                ("Payments__Sandbox", "true"),
                ("Payments__PublicAddress", "http://127.0.0.1/")
            );
            await Eventually.TrueAsync(Shop, "select bool_and(status = 2) from catalog.local_message");
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
                    cartId = created
                        .GetProperty("cartCreate")
                        .GetProperty("cart")
                        .GetProperty("id")
                        .GetString(),
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
}
