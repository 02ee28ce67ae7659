using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shop.Load.Fire;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Payments.Graph;

/// <summary>A shop that takes payments without money, as a client and a person meet it: over HTTP, on a node of its own.</summary>
public sealed partial class SandboxShop : IAsyncLifetime
{
    /// <summary>What a client sends so that the customer can pay.</summary>
    public const string Begin = """
        mutation ($key: UUID!, $order: ID!, $accessKey: String, $method: PaymentMethod = WEB, $returnUrl: URL) {
          paymentBegin(input: {
            idempotencyKey: $key, order: {id: $order}, accessKey: $accessKey
            channel: SANDBOX, method: $method, returnUrl: $returnUrl
          }) {
            replayed pollAfter
            payment { id version status nextAction { __typename ... on RedirectTo { url method expiresAt } } }
            problems { code message field }
          }
        }
        """;

    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false });
    private ShopNode? _node;

    private readonly (string, string)[] _settings = [.. Settings(TownNode.FreePort())];

    public SandboxShop() => Shop = new(_ => { }, _settings);

    internal ShopFixture Shop { get; }

    internal ShopNode Node => _node ?? throw new InvalidOperationException("Not started yet.");

    internal Saga Saga => field ??= new(Shop);

    public async ValueTask InitializeAsync()
    {
        await Shop.InitializeAsync();
        // The node lives in the time of the world, and so must what the jobs of the tests do.
        Shop.Clock.AdjustTime(TimeProvider.System.GetUtcNow());
        await TeaPots.StockAsync(Shop, units: 1000);
        _node = await ShopNode.StartAsync(Shop, _settings);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await Node.DisposeAsync();
        await Shop.DisposeAsync();
    }

    /// <summary>The settings of a node at a port that takes payments without money.</summary>
    internal static IEnumerable<(string, string)> Settings(int port) =>
        [
            ("urls", $"http://127.0.0.1:{port}"),
            ("Payments:Production", "false"),
            ("Payments:Sandbox", "true"),
            ("Payments:PublicAddress", $"http://127.0.0.1:{port}"),
        ];

    /// <summary>An order that awaits payment, and what opens it.</summary>
    internal async Task<(string Id, string Number, string AccessKey)> OrderAsync()
    {
        var cart = await TeaPots.CartAsync(Node);
        var order = (await TeaPots.PlaceAsync(Node, Guid.CreateVersion7(), cart)).Order!.Value;
        await Saga.SettleAsync();
        await Shop.ReplicaCaughtUpAsync();
        return order;
    }

    /// <summary>What a begin answers.</summary>
    internal async Task<JsonElement> BeginAsync(
        (string Id, string Number, string AccessKey) order,
        Guid? key = null,
        string? method = null,
        string? returnUrl = null
    ) =>
        (
            await Node.AskAsync(
                Begin,
                new
                {
                    key = key ?? Guid.CreateVersion7(),
                    order = order.Id,
                    accessKey = order.AccessKey,
                    method = method ?? "WEB",
                    returnUrl,
                }
            )
        ).GetProperty("paymentBegin");

    /// <summary>The page that a begin leads to.</summary>
    internal static string PageOf(JsonElement begun) =>
        begun.GetProperty("payment").GetProperty("nextAction").GetProperty("url").GetString()!;

    /// <summary>Presses a button of the page.</summary>
    /// <returns>The status, and where it leads.</returns>
    internal async Task<(HttpStatusCode Status, Uri? To)> PressAsync(
        string page,
        string deed,
        string? token = null
    )
    {
        token ??= Token().Match(await _browser.GetStringAsync(page)).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["token"] = token, ["deed"] = deed }
        );
        using var answer = await _browser.PostAsync(page, form);
        return (answer.StatusCode, answer.Headers.Location);
    }

    /// <summary>The page itself.</summary>
    internal Task<HttpResponseMessage> ShowAsync(string page) => _browser.GetAsync(page);

    [GeneratedRegex("name=\"token\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
