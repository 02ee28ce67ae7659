using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shop.Data.Kernel;
using Shop.GraphQL.Engine.Access;
using Shop.GraphQL.Engine.Loading;
using Shop.GraphQL.Engine.Paging;
using Shop.GraphQL.Engine.Schema;
using Shop.GraphQL.Transport.Http;

namespace Shop.Tests.Engine.Access;

/// <summary>Names a coin.</summary>
internal readonly record struct CoinId(long Value) : IRowId<CoinId>
{
    public static CoinId From(long value) => new(value);
}

/// <summary>A coin in the vault.</summary>
/// <param name="Id">Opaque and global.</param>
/// <param name="Year">When it was struck.</param>
[Staff(StaffRole.Stock)]
internal sealed record Coin(CoinId Id, int Year) : Node
{
    public static IReadOnlyList<Coin> All { get; } = [new(new(1), 1887), new(new(2), 1911)];
}

/// <summary>The door, which everybody sees.</summary>
/// <param name="Colour">Of its paint.</param>
/// <param name="Combination">What opens it.</param>
internal sealed record Door(string Colour, [property: Staff(StaffRole.Orders)] string Combination);

internal sealed class CoinById : Loader<CoinId, Coin>
{
    protected override Task<IReadOnlyDictionary<CoinId, Coin>> FetchAsync(
        IReadOnlyList<CoinId> keys,
        CancellationToken cancel
    ) =>
        Task.FromResult<IReadOnlyDictionary<CoinId, Coin>>(
            Coin.All.Where(coin => keys.Contains(coin.Id)).ToDictionary(coin => coin.Id)
        );
}

/// <summary>What was taken out.</summary>
internal sealed class Takings
{
    public int Count { get; set; }
}

internal sealed class VaultQueries(Asker asker)
{
    /// <summary>The door.</summary>
    public static Door Door() => new("green", "1234");

    /// <summary>The coins.</summary>
    [Staff(StaffRole.Stock)]
    public static Connection<Coin> Coins(ForwardPage page) =>
        Connection<Coin>.Cut(Coin.All, page, coin => Cursor.Of($"{coin.Id.Value}"));

    /// <summary>Number of one's box.</summary>
    [SignedIn]
    public string Box() => $"{asker.Customer?.Value}";
}

internal sealed class VaultMutations(Takings takings)
{
    /// <summary>Takes a coin.</summary>
    [Staff(StaffRole.Stock)]
    public int CoinTake() => ++takings.Count;
}

internal sealed class VaultSubscriptions
{
    /// <summary>The door, whenever it is painted.</summary>
    public static IAsyncEnumerable<Door> DoorPainted() => AsyncEnumerable.Repeat(new Door("red", "4321"), 1);

    /// <summary>Each coin.</summary>
    [Staff(StaffRole.Stock)]
    public static IAsyncEnumerable<Coin> CoinMoved() => Coin.All.ToAsyncEnumerable();
}

internal sealed class VaultModule : IGraphModule
{
    public void Configure(GraphModuleBuilder graph) =>
        graph
            .Id<CoinId>("Coin")
            .Node<CoinId, Coin>((loaders, id) => loaders.Get<CoinById>().Load(id))
            .Query<VaultQueries>()
            .Mutation<VaultMutations>()
            .Subscription<VaultSubscriptions>();
}

/// <summary>A vault behind a real web server. <c>Bearer 7 Stock</c> is customer 7, who is staff with that role.</summary>
public sealed class Vault : IAsyncLifetime
{
    private readonly WebApplication _app;
    private HttpClient Client { get; } = new();

    public Vault()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Takings>().AddShopGraph(new VaultModule()).AddGraphTransports();
        builder
            .Services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, VaultCards>("Bearer", null);
        _app = builder.Build();
        _app.MapShopGraph("/graphql");
    }

    internal int Taken => _app.Services.GetRequiredService<Takings>().Count;

    internal Uri ForShoppers => new(_app.Urls.Single() + "/graphql");

    internal Uri ForStaff => new(ForShoppers + "/admin");

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Status and body of the answer to a body.</summary>
    internal async Task<(int Status, string Body)> SendAsync(
        Uri address,
        string? card,
        object body,
        string accept = "application/graphql-response+json"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new StringContent(JsonSerializer.Serialize(body), null, "application/json");
        return await SendAsync(request, card, accept);
    }

    internal async Task<(int Status, string Body)> SendAsync(
        HttpRequestMessage request,
        string? card,
        string accept = "application/graphql-response+json"
    )
    {
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (card is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {card}");
        }

        using var answer = await Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private sealed class VaultCards(
        IOptionsMonitor<AuthenticationSchemeOptions> options,
        ILoggerFactory log,
        UrlEncoder encoder
    ) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (string.IsNullOrEmpty(Request.Headers.Authorization))
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var words = $"{Request.Headers.Authorization}".Split(' ');
            var claims = words[2..]
                .Select(role => new Claim(ClaimTypes.Role, role))
                .Prepend(new(ClaimTypes.Name, words[1]));
            return Task.FromResult(
                AuthenticateResult.Success(
                    new(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name)), Scheme.Name)
                )
            );
        }
    }
}
