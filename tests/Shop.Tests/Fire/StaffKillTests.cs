using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Data.Inventory;
using Shop.Data.Storage;
using Shop.Jobs.Verification;
using Shop.Load.Fire;
using Shop.Tests.Carts;
using Shop.Tests.Fixtures;
using Shop.Tests.Orders;

namespace Shop.Tests.Fire;

/// <summary>A web host is killed between what a member of staff changes and what follows from it; they send it again.</summary>
public sealed class StaffKillTests(CartShop fixture) : IClassFixture<CartShop>, IDisposable
{
    private const int Killed = 137;

    private const string Counted = "stock changed by staff, nobody told";
    private const string Saved = "product saved, stock not opened";

    private const string Count = """
        mutation ($key: UUID!) {
          stockSet(input: {idempotencyKey: $key, variant: {sku: "TIN7"}, available: 41}) {
            variant { stock { available } } problems { code }
          }
        }
        """;

    private const string Save = """
        mutation ($key: UUID!) {
          productSave(input: {
            idempotencyKey: $key, title: "Urn", status: ACTIVE
            variants: [{sku: "URN", title: "Urn", price: "9.50"}]
          }) { replayed problems { code } }
        }
        """;

    private readonly ShopFixture _shop = fixture.Shop;
    private readonly Saga _saga = new(fixture.Shop);
    private readonly HttpClient _client = new();
    private readonly CancellationTokenSource _patience = new();

    /// <summary>Where it is killed.</summary>
    public static TheoryData<string> Places { get; } = [Counted, Saved];

    [Fact]
    public async Task A_count_whose_call_died_there_is_made_once()
    {
        var before = await _saga.CountAsync("inventory.stock_movement");

        var payload = await DiedAndSentAgainAsync(Counted, Count);

        Assert.Equal(
            """{"variant":{"stock":{"available":41}},"problems":[]}""",
            payload.GetProperty("stockSet").GetRawText()
        );
        Assert.Equal(before + 1, await _saga.CountAsync("inventory.stock_movement"));
    }

    [Fact]
    public async Task A_product_whose_call_died_there_is_saved_once_and_has_a_level_of_stock()
    {
        var payload = await DiedAndSentAgainAsync(Saved, Save);

        Assert.Equal("""{"replayed":true,"problems":[]}""", payload.GetProperty("productSave").GetRawText());
        Assert.Equal(1, await _saga.LevelsAsync("URN"));
    }

    public void Dispose()
    {
        _client.Dispose();
        _patience.Dispose();
    }

    /// <returns>What the second call with the same key answers, when all that follows from it is done.</returns>
    private async Task<JsonElement> DiedAndSentAgainAsync(string place, string change)
    {
        var programs = await TestBuild.MadeAsync();
        _patience.CancelAfter(TimeSpan.FromMinutes(5));
        await using var next = await ShopNode.StartAsync(_shop);
        var token = await TokenAsync(next);
        var key = Guid.CreateVersion7();

        using (var host = TownNode.Web(place, programs, Settings(place)))
        {
            await host.StartAsync(_patience.Token);
            await Assert.ThrowsAnyAsync<HttpRequestException>(() =>
                ChangeAsync(host.Address!.Graph, token, change, key)
            );
            Assert.Equal(Killed, await host.EndAsync(_patience.Token));
        }

        var payload = await ChangeAsync(next.Address, token, change, key);
        _shop.Clock.AdjustTime(TimeProvider.System.GetUtcNow().AddMinutes(1));
        await _saga.SettleAsync();
        var report = await _shop.Get<VerifyConsistency>().RunAsync(patience: TimeSpan.Zero, _patience.Token);
        Assert.Empty(report.Findings);
        return payload.GetProperty("data");
    }

    private Dictionary<string, string> Settings(string place) =>
        new()
        {
            ["SHOP_STOP_AT"] = place,
            ["ConnectionStrings__Shop"] = _shop.Postgres,
            ["ConnectionStrings__Redis"] = _shop.Redis,
            ["Accounts__KeySecret"] = ShopHost.KeySecret,
        };

    private async Task<string> TokenAsync(ShopNode node)
    {
        const string SignUp = """
            mutation {
              customerRegister(input: {email: "sam@example.com", name: "Sam", password: "a long pass phrase"}) {
                problems { code }
              }
            }
            """;
        const string SignIn = """
            mutation {
              signIn(input: {email: "sam@example.com", password: "a long pass phrase"}) { accessToken }
            }
            """;
        await node.AskAsync(SignUp);
        await ExecuteAsync(
            "update accounts.customer set roles = '{1,2}' where email_key = 'sam@example.com'"
        );
        var data = await node.AskAsync(SignIn);
        return data.GetProperty("signIn").GetProperty("accessToken").GetString()!;
    }

    private async Task<JsonElement> ChangeAsync(Uri graph, string token, string change, Guid key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{graph}/admin"));
        request.Content = JsonContent.Create(new { query = change, variables = new { key } });
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _client.SendAsync(request, _patience.Token);
        return await response.Content.ReadFromJsonAsync<JsonElement>(_patience.Token);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _shop.Get<Database<InventoryDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(_patience.Token);
    }
}
