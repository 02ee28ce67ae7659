using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Accounts;

/// <summary>A shop and a node of it, to which access tokens are brought. Its clock only goes on: what a test needs of it, it makes.</summary>
public sealed class TokenShop : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private ShopNode? _node;

    public ShopFixture Shop { get; } = new();

    internal ShopNode Node => _node ?? throw new InvalidOperationException("Not started yet.");

    public async ValueTask InitializeAsync()
    {
        await Shop.InitializeAsync();
        _node = await ShopNode.StartAsync(Shop, Shop.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Node.DisposeAsync();
        await Shop.DisposeAsync();
    }

    /// <summary>The id of the customer that the node takes the bearer for; null for a guest.</summary>
    public async Task<string?> ViewerAsync(string? token)
    {
        var answer = await AskAsync(token);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        var viewer = answer.GetProperty("data").GetProperty("viewer");
        return viewer.ValueKind == JsonValueKind.Null ? null : viewer.GetProperty("id").GetString();
    }

    /// <summary>The code that it is refused with; null where it is not.</summary>
    public async Task<string?> RefusalAsync(string token)
    {
        var answer = await AskAsync(token);
        return answer.TryGetProperty("errors", out var errors)
            ? errors[0].GetProperty("extensions").GetProperty("code").GetString()
            : null;
    }

    private async Task<JsonElement> AskAsync(string? token)
    {
        await Shop.ReplicaCaughtUpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Node.Address)
        {
            Content = JsonContent.Create(new { query = "{ viewer { id } }" }),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await _client.SendAsync(request);
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Unauthorized });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
