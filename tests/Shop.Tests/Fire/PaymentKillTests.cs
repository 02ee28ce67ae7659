using System.Net.Http.Json;
using System.Text.Json;
using Shop.Data.Payments.Findings;
using Shop.Data.Payments.Refunds;
using Shop.Jobs.Verification;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;
using Shop.Tests.Payments.Graph;

namespace Shop.Tests.Fire;

/// <summary>
/// A host is killed between an effect of paying and its mark: whoever asks again gets the one payment, no money is taken or given
/// back twice, and an order whose money was taken is paid.
/// </summary>
public sealed class PaymentKillTests(SandboxShop shop) : IClassFixture<SandboxShop>, IDisposable
{
    private const int Killed = 137;

    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(5));

    /// <summary>Places that a web host comes by.</summary>
    public static TheoryData<string> OfTheWeb { get; } =
    [
        "payment committed, nobody told",
        "payment committed, channel not asked",
        "channel asked, answer not kept",
        "other payment closed, next not begun",
        "payment closed at its channel, not here",
        "notice committed, not answered",
    ];

    /// <summary>Places that a job host comes by.</summary>
    public static TheoryData<string> OfJobs { get; } =
    [
        "messages of payments claimed, nothing done",
        "messages of payments delivered, not confirmed",
        "due closed, channel not asked",
        "refund committed, channel not asked",
        "refund asked, answer not kept",
    ];

    public void Dispose() => _patience.Dispose();

    [Theory]
    [MemberData(nameof(OfTheWeb))]
    public async Task A_customer_whose_call_died_there_pays_once(string place)
    {
        var (order, key) = (await shop.OrderAsync(), Guid.CreateVersion7());
        // Another try that has to be closed first.
        await shop.BeginAsync(order, method: "WEB_MOBILE");

        using (var host = TownNode.Web(place, await TestBuild.MadeAsync(), Settings(place)))
        {
            await host.StartAsync(_patience.Token);
            await PayThereAsync(host.Address!.Graph, order, key);
            Assert.Equal(Killed, await host.EndAsync(_patience.Token));
        }

        await LookAfterAsync();
        if (await StatusAsync(order) == "AWAITING_PAYMENT")
        {
            var begun = await shop.BeginAsync(order, key);
            Assert.Empty(begun.GetProperty("problems").EnumerateArray());
            await shop.PressAsync(SandboxShop.PageOf(begun), "Pay");
            await LookAfterAsync();
        }

        Assert.Equal("PAID", await StatusAsync(order));
        Assert.Equal(1, await PaidTradesAsync(order));
        await BalancesAsync();
    }

    [Theory]
    [MemberData(nameof(OfJobs))]
    public async Task What_a_job_host_left_there_is_done_once_by_the_next(string place)
    {
        // One that is paid, and one that is paid after it was called off: its money goes back.
        var (paid, late) = (await shop.OrderAsync(), await shop.OrderAsync());
        var page = SandboxShop.PageOf(await shop.BeginAsync(late));
        await CancelAsync(late);
        await shop.PressAsync(SandboxShop.PageOf(await shop.BeginAsync(paid)), "Pay");
        await shop.PressAsync(page, "SayNothing");

        using (var host = TownNode.Jobs(place, await TestBuild.MadeAsync(), Settings(place)))
        {
            await host.StartAsync(_patience.Token);
            Assert.Equal(Killed, await host.EndAsync(_patience.Token));
        }

        await LookAfterAsync();
        Assert.Equal("PAID", await StatusAsync(paid));
        Assert.Equal("CANCELLED", await StatusAsync(late));
        Assert.Equal(1, await RefundedTradesAsync(late));
        await BalancesAsync();
    }

    private static async Task PayThereAsync(
        Uri graph,
        (string Id, string Number, string AccessKey) order,
        Guid key
    )
    {
        using var client = new HttpClient();
        var variables = new
        {
            key,
            order = order.Id,
            accessKey = order.AccessKey,
        };
        try
        {
            using var begun = await client.PostAsJsonAsync(
                graph,
                new { query = SandboxShop.Begin, variables }
            );
            var answer = await begun.Content.ReadFromJsonAsync<JsonElement>();
            var page = new Uri(SandboxShop.PageOf(answer.GetProperty("data").GetProperty("paymentBegin")));
            // It is still alive: it dies when it is told of the money.
            var there = new UriBuilder(page) { Host = graph.Host, Port = graph.Port }.Uri;
            var html = await client.GetStringAsync(there);
            var token = html.Split("name=\"token\" value=\"")[1].Split('"')[0];
            using var form = new FormUrlEncodedContent(
                new Dictionary<string, string> { ["token"] = token, ["deed"] = "Pay" }
            );
            using var paid = await client.PostAsync(there, form);
        }
        catch (HttpRequestException)
        {
            // It died meanwhile.
        }
    }

    private Dictionary<string, string> Settings(string place) =>
        new()
        {
            ["SHOP_STOP_AT"] = place,
            ["ConnectionStrings__Shop"] = shop.Shop.Postgres,
            ["ConnectionStrings__Redis"] = shop.Shop.Redis,
            ["Accounts__KeySecret"] = ShopHost.KeySecret,
            ["Payments__Production"] = "false",
            ["Payments__Sandbox"] = "true",
            ["Jobs__Cluster"] = "false",
        };

    /// <summary>All that jobs do, as if the dead one's leases had run out.</summary>
    private async Task LookAfterAsync()
    {
        shop.Shop.Clock.AdjustTime(TimeProvider.System.GetUtcNow().AddMinutes(1));
        for (var round = 0; round < 3; round++)
        {
            await shop.Saga.SettleAsync();
            await shop.Shop.Get<CheckPayments>().RunAsync(_patience.Token);
            await shop.Shop.Get<SendRefunds>().RunAsync(_patience.Token);
            shop.Shop.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await shop.Saga.SettleAsync();
        await shop.Shop.ReplicaCaughtUpAsync();
    }

    private async Task BalancesAsync()
    {
        var report = await shop.Shop.Get<VerifyConsistency>().RunAsync(TimeSpan.Zero, _patience.Token);
        Assert.Empty(report.Findings);
    }

    private async Task<string?> StatusAsync((string Id, string Number, string AccessKey) order)
    {
        var data = await shop.Node.AskAsync(
            "query ($id: ID!, $key: String) { order(by: {id: $id}, accessKey: $key) { status } }",
            new { id = order.Id, key = order.AccessKey }
        );
        return data.GetProperty("order").GetProperty("status").GetString();
    }

    private Task<long> PaidTradesAsync((string Id, string Number, string AccessKey) order) =>
        shop.Saga.CountAsync(
            $"payments.sandbox_trade where description = 'Order {order.Number}' and paid_at is not null"
        );

    private Task<long> RefundedTradesAsync((string Id, string Number, string AccessKey) order) =>
        shop.Saga.CountAsync(
            $"payments.sandbox_trade where description = 'Refund of Order {order.Number}' and paid_at is not null"
        );

    private Task<JsonElement> CancelAsync((string Id, string Number, string AccessKey) order) =>
        shop.Node.AskAsync(
            """
            mutation ($key: UUID!, $order: ID!, $accessKey: String) {
              orderCancel(input: {idempotencyKey: $key, order: {id: $order}, accessKey: $accessKey}) { problems { code } }
            }
            """,
            new
            {
                key = Guid.CreateVersion7(),
                order = order.Id,
                accessKey = order.AccessKey,
            }
        );
}
