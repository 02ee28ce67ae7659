using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Data.Accounts.Tokens;
using Shop.Data.Kernel;
using Shop.Tests.Fixtures;

namespace Shop.Tests.Accounts;

/// <summary>What clients do with accounts.</summary>
internal static class AccountShop
{
    /// <summary>Everybody's, where it does not matter.</summary>
    public const string Password = "correct horse battery staple";

    private const string Tokens =
        "customer { id email name version roles } accessToken accessTokenExpiresAt refreshToken problems { code message field ... on Throttled { pollAfter } }";

    private const string Register = $$"""
        mutation ($input: CustomerRegisterInput!) { customerRegister(input: $input) { {{Tokens}} } }
        """;

    private const string SignIn = $$"""
        mutation ($input: SignInInput!) { signIn(input: $input) { {{Tokens}} } }
        """;

    private const string Refresh = $$"""
        mutation ($input: TokenRefreshInput!) { tokenRefresh(input: $input) { {{Tokens}} } }
        """;

    private static int _people;

    /// <summary>An e-mail that nobody has yet.</summary>
    public static string SomebodyNew() => $"customer{Interlocked.Increment(ref _people)}@example.com";

    public static Task<SignedIn> RegisterAsync(
        this ShopFixture shop,
        string email,
        string password = Password,
        string? cartId = null
    ) =>
        shop.RunAsync(
            Register,
            new
            {
                email,
                password,
                name = "Ada Lovelace",
                cartId,
            }
        );

    public static Task<SignedIn> SignInAsync(
        this ShopFixture shop,
        string email,
        string password = Password,
        string? cartId = null
    ) =>
        shop.RunAsync(
            SignIn,
            new
            {
                email,
                password,
                cartId,
            }
        );

    public static Task<SignedIn> RefreshAsync(this ShopFixture shop, string refreshToken) =>
        shop.RunAsync(Refresh, new { refreshToken });

    /// <summary>The same, at a node.</summary>
    public static async Task<SignedIn> RefreshAsync(this ShopNode node, string refreshToken) =>
        SignedIn.Of(await node.AskAsync(Refresh, new { input = new { refreshToken } }));

    public static Task SignOutAsync(this ShopFixture shop, string refreshToken) =>
        shop.AskAsync(
            Askers.Guest,
            "mutation ($token: String!) { signOut(input: {refreshToken: $token}) { problems { code } } }",
            new { token = refreshToken }
        );

    /// <summary>Another node over the same stores, with the same clock.</summary>
    public static Twin Twin(this ShopFixture shop, params (string Name, string Value)[] settings) =>
        new(ShopHost.Build(shop.Postgres, shop.Redis, shop.Clock, settings));

    /// <summary>What another node signs for a customer. It makes the same ids as the first one, so it opens no session.</summary>
    public static async Task<string> TokenOfAsync(this Twin node, SignedIn customer) =>
        (
            await node.Get<AccessTokens>().IssueAsync(customer.Id, new(1), CustomerStanding.Plain, default)
        ).Token;

    private static async Task<SignedIn> RunAsync(this ShopFixture shop, string mutation, object input) =>
        SignedIn.Of(await shop.AskAsync(Askers.Guest, mutation, new { input }));
}

/// <summary>What <c>signIn</c> and its like said.</summary>
internal sealed record SignedIn(JsonElement Payload)
{
    public static SignedIn Of(JsonElement data) => new(data.EnumerateObject().Single().Value);

    /// <summary>The codes of its problems.</summary>
    public IReadOnlyList<string> Problems =>
        [
            .. Payload
                .GetProperty("problems")
                .EnumerateArray()
                .Select(problem => problem.GetProperty("code").GetString()!),
        ];

    /// <summary>Until when it is throttled.</summary>
    public DateTimeOffset PollAfter =>
        Payload.GetProperty("problems")[0].GetProperty("pollAfter").GetDateTimeOffset();

    public string AccessToken => Payload.GetProperty("accessToken").GetString()!;

    public string RefreshToken => Payload.GetProperty("refreshToken").GetString()!;

    /// <summary>The customer's id as clients have it.</summary>
    public string GlobalId => Payload.GetProperty("customer").GetProperty("id").GetString()!;

    public CustomerId Id => Shop.GraphQL.Engine.Schema.GlobalId.Parse(GlobalId).To<CustomerId>();

    /// <summary>As whom they ask from here on.</summary>
    public ClaimsPrincipal User => Askers.Customer(Id);
}

/// <summary>Another node of a shop, without a web server.</summary>
internal sealed class Twin(IHost host) : IAsyncDisposable
{
    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)host).DisposeAsync();
}
