using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shop.Data.Accounts;
using Shop.Data.Accounts.Tokens;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using Shop.Tests.Transport.Http;
using static Shop.Tests.Accounts.AccountShop;

namespace Shop.Tests.Accounts;

/// <summary>An access token is believed if the shop has signed it, for the shop, and not too long ago; over real HTTP.</summary>
public sealed class AccessTokenTests(TokenShop tokens) : IClassFixture<TokenShop>
{
    private readonly ShopFixture _shop = tokens.Shop;

    [Fact]
    public async Task Whoever_brings_one_is_the_customer_on_every_node()
    {
        var ada = await _shop.RegisterAsync(SomebodyNew());

        Assert.Equal(ada.GlobalId, await ViewerAsync(ada.AccessToken));
        Assert.Null(await ViewerAsync(null));
    }

    [Fact]
    public async Task It_says_who_and_until_when_and_nothing_else()
    {
        var ada = await _shop.RegisterAsync(SomebodyNew());
        var token = new JsonWebToken(ada.AccessToken);

        Assert.Equal("ES256", token.Alg);
        Assert.Equal(
            ["aud", "exp", "iat", "iss", "sid", "sub"],
            token.Claims.Select(claim => claim.Type).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task It_is_good_for_five_minutes()
    {
        var ada = await _shop.RegisterAsync(SomebodyNew());

        _shop.Clock.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(ada.GlobalId, await ViewerAsync(ada.AccessToken));
        _shop.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("UNAUTHENTICATED", await RefusalAsync(ada.AccessToken));
    }

    [Fact]
    public async Task A_token_that_was_tampered_with_is_refused()
    {
        var ada = await _shop.RegisterAsync(SomebodyNew());
        var eve = await _shop.RegisterAsync(SomebodyNew());
        var (hers, mine) = (ada.AccessToken.Split('.'), eve.AccessToken.Split('.'));

        Assert.Equal("UNAUTHENTICATED", await RefusalAsync($"{mine[0]}.{hers[1]}.{mine[2]}"));
        Assert.Equal("UNAUTHENTICATED", await RefusalAsync($"{mine[0]}.{mine[1]}."));
        Assert.Equal("UNAUTHENTICATED", await RefusalAsync("nonsense"));
    }

    [Theory]
    [InlineData("shop", "shop", "at+jwt", true)]
    [InlineData("another shop", "shop", "at+jwt", false)]
    [InlineData("shop", "another shop", "at+jwt", false)]
    [InlineData("shop", "shop", "JWT", false)]
    public async Task It_has_to_be_of_the_shop_and_for_the_shop(
        string issuer,
        string audience,
        string type,
        bool isGood
    )
    {
        var ada = await _shop.RegisterAsync(SomebodyNew());
        var key = (await _shop.Get<SigningKeys>().CurrentAsync(default)).Key;

        var token = Forge(ada, new(key, "ES256"), issuer, audience, type);

        Assert.Equal(isGood ? null : "UNAUTHENTICATED", await RefusalAsync(token));
    }

    [Fact]
    public async Task A_key_of_somebody_else_signs_nothing_whatever_it_calls_itself()
    {
        var ada = await _shop.RegisterAsync(SomebodyNew());
        var ours = new JsonWebToken(ada.AccessToken).Kid;
        foreach (var id in new[] { ours, "unknown", "" })
        {
            using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var key = new ECDsaSecurityKey(pair) { KeyId = id };

            Assert.Equal("UNAUTHENTICATED", await RefusalAsync(Forge(ada, new(key, "ES256"))));
        }
    }

    [Fact]
    public async Task No_other_algorithm_counts()
    {
        var ada = await _shop.RegisterAsync(SomebodyNew());
        var ours = new JsonWebToken(ada.AccessToken).Kid;
        await using var db = _shop.Get<Database<AccountsDb>>().OpenPrimary();
        var publicKey = await db
            .SigningKeys.Where(row => row.Id == ours)
            .Select(row => row.PublicKey)
            .SingleAsync();
        var body = ada.AccessToken.Split('.')[1];
        var none = Base64UrlEncoder.Encode($$"""{"alg":"none","typ":"at+jwt","kid":"{{ours}}"}""");

        // What everybody may read, taken for a secret.
        var hmac = new SymmetricSecurityKey(publicKey) { KeyId = ours };

        Assert.Equal("UNAUTHENTICATED", await RefusalAsync(Forge(ada, new(hmac, "HS256"))));
        Assert.Equal("UNAUTHENTICATED", await RefusalAsync($"{none}.{body}."));
    }

    [Fact]
    public async Task Keys_change_each_month_and_nobody_notices()
    {
        // The key that signs is made now.
        _shop.Clock.Advance(TimeSpan.FromDays(30));
        var ada = await _shop.RegisterAsync(SomebodyNew());
        _shop.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        var last = await _shop.RefreshAsync(ada.RefreshToken);
        _shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var other = _shop.Twin();
        await using var another = _shop.Twin();

        var signed = await Task.WhenAll(
            RefreshedAsync(last),
            another.TokenOfAsync(ada),
            other.TokenOfAsync(ada)
        );

        var fresh = Assert.Single(signed.Select(token => new JsonWebToken(token).Kid).Distinct());
        Assert.Equal(new JsonWebToken(ada.AccessToken).Kid, new JsonWebToken(last.AccessToken).Kid);
        Assert.NotEqual(new JsonWebToken(ada.AccessToken).Kid, fresh);
        // This node has not made it.
        Assert.Equal(ada.GlobalId, await ViewerAsync(signed[0]));
        Assert.Equal(ada.GlobalId, await ViewerAsync(last.AccessToken));
    }

    [Fact]
    public async Task A_key_that_no_good_token_can_be_of_verifies_nothing()
    {
        var ada = await _shop.RegisterAsync(SomebodyNew());
        var old = (await _shop.Get<SigningKeys>().CurrentAsync(default)).Key;
        _shop.Clock.Advance(TimeSpan.FromDays(30));
        var fresh = await _shop.SignInAsync(
            ada.Payload.GetProperty("customer").GetProperty("email").GetString()!
        );
        Assert.Equal(ada.GlobalId, await ViewerAsync(fresh.AccessToken));
        Assert.Null(await RefusalAsync(Forge(ada, new(old, "ES256"))));

        _shop.Clock.Advance(TimeSpan.FromMinutes(7));

        Assert.Equal("UNAUTHENTICATED", await RefusalAsync(Forge(ada, new(old, "ES256"))));
    }

    [Fact]
    public async Task Made_up_keys_make_a_node_read_once_a_second_at_most()
    {
        await _shop.RegisterAsync(SomebodyNew());
        var keys = _shop.Get<SigningKeys>();
        _shop.Clock.Advance(TimeSpan.FromSeconds(1));
        using var sql = SqlCount.Start();

        foreach (var id in Enumerable.Range(0, 20))
        {
            await keys.LearnAsync($"made up {id}", default);
        }

        Assert.Single(sql.Statements);
    }

    [Fact]
    public async Task No_log_shows_a_token_or_a_password()
    {
        var ada = await _shop.RegisterAsync(SomebodyNew());
        await ViewerAsync(ada.AccessToken);
        await RefusalAsync(ada.AccessToken[..^1]);
        await tokens.Node.RefreshAsync(ada.RefreshToken);

        Assert.NotEmpty(tokens.Node.Log.Lines);
        Assert.DoesNotContain(
            tokens.Node.Log.Lines,
            line =>
                line.Contains(ada.AccessToken.Split('.')[1], StringComparison.Ordinal)
                || line.Contains(ada.RefreshToken, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_socket_ends_with_the_token_that_opened_it()
    {
        var ada = await _shop.RegisterAsync(SomebodyNew());
        using var socket = await SocketClient.ConnectAsync(tokens.Node.Address, "graphql-transport-ws");
        await socket.InitialiseAsync($$"""{"authorization":"Bearer {{ada.AccessToken}}"}""");
        Assert.Equal("""{"type":"connection_ack"}""", await socket.HearAsync());

        _shop.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("4403 The credential has expired", await socket.HearAsync());
    }

    private async Task<string> RefreshedAsync(SignedIn session) =>
        (await _shop.RefreshAsync(session.RefreshToken)).AccessToken;

    // What the shop would say of Ada now, signed with another key or said otherwise.
    private string Forge(
        SignedIn ada,
        SigningCredentials credentials,
        string issuer = "shop",
        string audience = "shop",
        string type = "at+jwt"
    )
    {
        var now = _shop.Clock.GetUtcNow();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = issuer,
                Audience = audience,
                IssuedAt = now.UtcDateTime,
                Expires = now.AddMinutes(5).UtcDateTime,
                TokenType = type,
                Claims = new Dictionary<string, object> { ["sub"] = $"{ada.Id.Value}" },
                SigningCredentials = credentials,
            }
        );
    }

    private Task<string?> ViewerAsync(string? token) => tokens.ViewerAsync(token);

    private Task<string?> RefusalAsync(string token) => tokens.RefusalAsync(token);
}
