using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Data.Inventory;
using Shop.Data.Storage;
using Shop.Jobs.Books;
using Shop.Load.Fire;
using Shop.Tests.Carts;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Fire;

/// <summary>A web host is killed between a count of stock and its announcement; whoever counted sends it again.</summary>
public sealed class StockChangeKillTests(CartShop fixture) : IClassFixture<CartShop>, IDisposable
{
    private const int Killed = 137;

    private const string Count = """
        mutation ($key: UUID!) {
          stockSet(input: {idempotencyKey: $key, variant: {sku: "TIN7"}, available: 41}) {
            variant { stock { available } } problems { code }
          }
        }
        """;

    private readonly ShopFixture _shop = fixture.Shop;
    private readonly HttpClient _client = new();
    private readonly CancellationTokenSource _patience = new();

    /// <summary>Where it is killed.</summary>
    public static TheoryData<string> Places { get; } = ["stock changed by staff, nobody told"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_count_whose_call_died_there_is_made_once(string place)
    {
        var programs = await TestBuild.MadeAsync();
        _patience.CancelAfter(TimeSpan.FromMinutes(5));
        await using var next = await ShopNode.StartAsync(_shop);
        var token = await TokenAsync(next);
        var key = Guid.CreateVersion7();
        var before = await MovementsAsync();

        using (var host = TownNode.Web(place, programs, Settings(place)))
        {
            await host.StartAsync(_patience.Token);
            await Assert.ThrowsAnyAsync<HttpRequestException>(() =>
                CountAsync(host.Address!.Graph, token, key)
            );
            Assert.Equal(Killed, await host.EndAsync(_patience.Token));
        }

        var payload = await CountAsync(next.Address, token, key);

        Assert.Equal(
            """{"variant":{"stock":{"available":41}},"problems":[]}""",
            payload.GetProperty("data").GetProperty("stockSet").GetRawText()
        );
        Assert.Equal(before + 1, await MovementsAsync());
        var report = await _shop.Get<VerifyBooks>().RunAsync(patience: TimeSpan.Zero, _patience.Token);
        Assert.Empty(report.Findings);
    }

    public void Dispose()
    {
        _client.Dispose();
        _patience.Dispose();
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
        await ExecuteAsync("update accounts.customer set roles = '{2}' where email_key = 'sam@example.com'");
        var data = await node.AskAsync(SignIn);
        return data.GetProperty("signIn").GetProperty("accessToken").GetString()!;
    }

    private async Task<JsonElement> CountAsync(Uri graph, string token, Guid key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{graph}/admin"));
        request.Content = JsonContent.Create(new { query = Count, variables = new { key } });
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _client.SendAsync(request, _patience.Token);
        return await response.Content.ReadFromJsonAsync<JsonElement>(_patience.Token);
    }

    private async Task<long> MovementsAsync()
    {
        await using var command = _shop
            .Get<Database<InventoryDb>>()
            .Primary.CreateCommand("select count(*) from inventory.stock_movement");
        return (long)(await command.ExecuteScalarAsync(_patience.Token))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _shop.Get<Database<InventoryDb>>().Primary.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(_patience.Token);
    }
}
