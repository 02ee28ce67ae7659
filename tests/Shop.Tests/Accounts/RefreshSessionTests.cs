using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shop.Data.Accounts;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using static Shop.Tests.Accounts.AccountShop;

namespace Shop.Tests.Accounts;

/// <summary>A session goes on by tokens that are used once; two who have the same one end it.</summary>
public sealed class RefreshSessionTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task A_refresh_token_gives_the_next_pair()
    {
        var first = await shop.RegisterAsync(SomebodyNew());

        var second = await shop.RefreshAsync(first.RefreshToken);
        var third = await shop.RefreshAsync(second.RefreshToken);

        Assert.Empty(third.Problems);
        Assert.Equal(first.GlobalId, third.GlobalId);
        Assert.Equal(
            3,
            new[] { first.RefreshToken, second.RefreshToken, third.RefreshToken }.Distinct().Count()
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AZqdM8ZyNTuBPmWDVf2Fv0GFvnt3aNyXxRkd8cQ7hLs")]
    public async Task What_the_shop_has_not_given_out_continues_nothing(string token) =>
        Assert.Equal(["SESSION_ENDED"], (await shop.RefreshAsync(token)).Problems);

    [Fact]
    public async Task A_client_that_has_not_heard_the_answer_gets_it_again()
    {
        var first = await shop.RegisterAsync(SomebodyNew());
        var lost = await shop.RefreshAsync(first.RefreshToken);
        shop.Clock.Advance(TimeSpan.FromSeconds(30));

        var again = await shop.RefreshAsync(first.RefreshToken);

        Assert.Equal(lost.RefreshToken, again.RefreshToken);
        Assert.Empty((await shop.RefreshAsync(again.RefreshToken)).Problems);
    }

    [Fact]
    public async Task Two_nodes_that_are_asked_at_once_give_one_answer()
    {
        await using var one = shop.Twin();
        await using var two = shop.Twin();
        for (var round = 0; round < 5; round++)
        {
            var first = await shop.RegisterAsync(SomebodyNew());

            var answers = await Task.WhenAll(
                new[] { one, two, one, two }.Select(node =>
                    node.Get<RefreshSession>().RunAsync(first.RefreshToken, default)
                )
            );

            var next = Assert.Single(
                answers.Select(answer => ((RefreshSessionResult.Done)answer).Tokens.RefreshToken).Distinct()
            );
            Assert.Equal(2, await TokensAsync(first));
            Assert.Empty((await shop.RefreshAsync(next)).Problems);
        }
    }

    [Fact]
    public async Task A_used_token_that_comes_late_ends_the_session()
    {
        var first = await shop.RegisterAsync(SomebodyNew());
        var second = await shop.RefreshAsync(first.RefreshToken);
        shop.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(["SESSION_ENDED"], (await shop.RefreshAsync(first.RefreshToken)).Problems);
        Assert.Equal(["SESSION_ENDED"], (await shop.RefreshAsync(second.RefreshToken)).Problems);
        Assert.Equal(SessionEnd.TokenReused, (await SessionAsync(first)).EndedReason);
    }

    [Fact]
    public async Task A_used_token_ends_the_session_at_once_when_its_successor_was_used()
    {
        var first = await shop.RegisterAsync(SomebodyNew());
        var second = await shop.RefreshAsync(first.RefreshToken);
        var third = await shop.RefreshAsync(second.RefreshToken);

        Assert.Equal(["SESSION_ENDED"], (await shop.RefreshAsync(first.RefreshToken)).Problems);
        Assert.Equal(["SESSION_ENDED"], (await shop.RefreshAsync(third.RefreshToken)).Problems);
    }

    [Fact]
    public async Task The_end_of_one_session_is_not_the_end_of_another()
    {
        var email = SomebodyNew();
        var phone = await shop.RegisterAsync(email);
        var desk = await shop.SignInAsync(email);

        await shop.SignOutAsync(phone.RefreshToken);
        await shop.SignOutAsync(phone.RefreshToken);

        Assert.Equal(["SESSION_ENDED"], (await shop.RefreshAsync(phone.RefreshToken)).Problems);
        Assert.Empty((await shop.RefreshAsync(desk.RefreshToken)).Problems);
    }

    [Fact]
    public async Task Any_token_of_a_session_signs_out()
    {
        var first = await shop.RegisterAsync(SomebodyNew());
        var second = await shop.RefreshAsync(first.RefreshToken);

        await shop.SignOutAsync(first.RefreshToken);

        Assert.Equal(["SESSION_ENDED"], (await shop.RefreshAsync(second.RefreshToken)).Problems);
    }

    [Fact]
    public async Task A_session_lives_a_month_from_its_last_use()
    {
        var first = await shop.RegisterAsync(SomebodyNew());
        shop.Clock.Advance(TimeSpan.FromDays(29));
        var second = await shop.RefreshAsync(first.RefreshToken);
        shop.Clock.Advance(TimeSpan.FromDays(29));
        var third = await shop.RefreshAsync(second.RefreshToken);
        shop.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Empty(third.Problems);
        Assert.Equal(["SESSION_ENDED"], (await shop.RefreshAsync(third.RefreshToken)).Problems);
    }

    [Fact]
    public async Task Another_password_ends_all_sessions_but_the_one_it_was_changed_in()
    {
        var email = SomebodyNew();
        var phone = await shop.RegisterAsync(email);
        var desk = await shop.SignInAsync(email);
        var session = (await SessionAsync(desk)).Id;
        var user = new ClaimsPrincipal(
            new ClaimsIdentity([.. Askers.Customer(desk.Id).Claims, new("sid", $"{session.Value}")], "Test")
        );

        var wrong = await ChangeAsync(user, "a wrong password", "an even better password");
        var tooShort = await ChangeAsync(user, Password, "short");
        var done = await ChangeAsync(user, Password, "an even better password");

        Assert.Equal("INVALID_CREDENTIALS", Code(wrong));
        Assert.Equal("INVALID_INPUT", Code(tooShort));
        Assert.Null(Code(done));
        Assert.Equal(["SESSION_ENDED"], (await shop.RefreshAsync(phone.RefreshToken)).Problems);
        Assert.Empty((await shop.RefreshAsync(desk.RefreshToken)).Problems);
        Assert.Equal(["INVALID_CREDENTIALS"], (await shop.SignInAsync(email)).Problems);
        Assert.Empty((await shop.SignInAsync(email, "an even better password")).Problems);
    }

    [Fact]
    public async Task What_is_over_is_forgotten_and_what_lives_is_not()
    {
        var over = await shop.RegisterAsync(SomebodyNew());
        shop.Clock.Advance(TimeSpan.FromDays(61));
        var alive = await shop.RegisterAsync(SomebodyNew());
        var next = await shop.RefreshAsync(alive.RefreshToken);

        await shop.Get<ForgetSessions>().RunAsync(default);

        Assert.Equal(0, await TokensAsync(over));
        Assert.Equal(2, await TokensAsync(alive));
        Assert.Empty((await shop.RefreshAsync(next.RefreshToken)).Problems);
    }

    private Task<JsonElement> ChangeAsync(ClaimsPrincipal user, string oldPassword, string newPassword) =>
        shop.AskAsync(
            user,
            """
            mutation ($input: PasswordChangeInput!) {
              passwordChange(input: $input) { customer { id } problems { code } }
            }
            """,
            new { input = new { oldPassword, newPassword } }
        );

    private static string? Code(JsonElement data)
    {
        var problems = data.EnumerateObject().Single().Value.GetProperty("problems");
        return problems.GetArrayLength() == 0 ? null : problems[0].GetProperty("code").GetString();
    }

    // The newest session of whoever signed in.
    private async Task<Session> SessionAsync(SignedIn who)
    {
        await using var db = shop.Get<Database<AccountsDb>>().OpenPrimary();
        return await db
            .Sessions.Where(row => row.CustomerId == who.Id)
            .OrderByDescending(row => row.Id)
            .FirstAsync();
    }

    private async Task<int> TokensAsync(SignedIn who)
    {
        await using var db = shop.Get<Database<AccountsDb>>().OpenPrimary();
        return await db.RefreshTokens.CountAsync(token =>
            db.Sessions.Any(session => session.CustomerId == who.Id && session.Id == token.SessionId)
        );
    }
}
