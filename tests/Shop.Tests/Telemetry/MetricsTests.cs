using System.Net;
using System.Text.RegularExpressions;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Telemetry;

/// <summary>What an operator's Prometheus gets of a web host that has sold something.</summary>
public sealed partial class MetricsTests(SoldShop sold) : IClassFixture<SoldShop>
{
    [Fact]
    public async Task A_real_Prometheus_reads_it_and_finds_the_trace_of_the_order()
    {
        const string Orders =
            "shop_graphql_operation_duration_seconds_bucket{operation=\"OrderPlaceMutation\"}";
        Installed.Need("prometheus");
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
        Assert.Contains(SoldShop.Click.Split('-')[1], await prometheus.ExemplarsAsync(Orders));
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
        // Nor a heap, unless the host is told to give it.
        using var heap = await sold.Web.Operators.PostAsync("/operations/heap", content: null);
        Assert.Equal(HttpStatusCode.NotFound, heap.StatusCode);
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
}
