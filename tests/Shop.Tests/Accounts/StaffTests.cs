using Microsoft.EntityFrameworkCore;
using Shop.Data.Accounts;
using Shop.Data.Storage;
using Shop.GraphQL.Host.Commands;
using Shop.GraphQL.Host.Embedded;
using Shop.Tests.Fixtures;
using static Shop.Tests.Accounts.AccountShop;

namespace Shop.Tests.Accounts;

/// <summary>Accounts of staff, made by whoever runs the shop's machine; and the one of development.</summary>
public sealed class StaffTests(ShopFixture shop) : IClassFixture<ShopFixture>, IDisposable
{
    private readonly StringWriter _said = new();

    [Fact]
    public async Task A_new_member_of_staff_gets_a_password_that_is_shown_once()
    {
        var email = SomebodyNew();

        Assert.Equal(0, await StaffAsync(email, "orders", "Stock"));
        var password = _said.ToString().Trim().Split(' ')[^1];
        var signedIn = await shop.SignInAsync(email, password);
        _said.GetStringBuilder().Clear();
        Assert.Equal(0, await StaffAsync(email, "admin"));

        Assert.Equal(
            """["STOCK","ORDERS"]""",
            signedIn.Payload.GetProperty("customer").GetProperty("roles").ToString()
        );
        Assert.DoesNotContain("assword", _said.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            """["ADMIN"]""",
            (await shop.SignInAsync(email, password))
                .Payload.GetProperty("customer")
                .GetProperty("roles")
                .ToString()
        );
    }

    [Fact]
    public async Task Without_roles_an_account_gets_another_password_and_its_sessions_end()
    {
        var email = SomebodyNew();
        var ada = await shop.RegisterAsync(email);

        Assert.Equal(0, await StaffAsync(email));
        var password = _said.ToString().Trim().Split(' ')[^1];

        Assert.Equal(["SESSION_ENDED"], (await shop.RefreshAsync(ada.RefreshToken)).Problems);
        Assert.Equal(["INVALID_CREDENTIALS"], (await shop.SignInAsync(email)).Problems);
        Assert.Empty((await shop.SignInAsync(email, password)).Problems);
    }

    [Theory]
    [InlineData]
    [InlineData("nobody")]
    [InlineData("nobody@example.com")]
    [InlineData("nobody@example.com", "king")]
    [InlineData("nobody@example.com", "9")]
    public async Task Words_that_make_no_sense_change_nothing(params string[] words)
    {
        Assert.Equal(2, await StaffAsync(words));
        Assert.False(await shop.Get<Credentials>().AreKnownAsync("nobody@example.com", default));
    }

    [Fact]
    public async Task A_role_that_is_none_is_named_and_those_that_are_stand_as_in_the_schema()
    {
        const string Email = "boss@example.com";
        Assert.Equal(2, await StaffAsync(Email, "stock", "BOSS"));
        Assert.Equal(
            "There is no role BOSS; there are CATALOG, STOCK, ORDERS, PAYMENTS, ADMIN, PRICING.",
            _said.ToString().Trim()
        );
        Assert.False(await shop.Get<Credentials>().AreKnownAsync(Email, default));
        _said.GetStringBuilder().Clear();

        Assert.Equal(0, await StaffAsync(Email, "stock"));
        Assert.Contains("Roles: STOCK.", _said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_account_of_development_has_another_password_at_each_start()
    {
        var first = await DevelopmentStaff.OpenAsync(shop.Services, default);
        var second = await DevelopmentStaff.OpenAsync(shop.Services, default);

        Assert.Equal(
            ["INVALID_CREDENTIALS"],
            (await shop.SignInAsync(DevelopmentStaff.Email, first)).Problems
        );
        var staff = await shop.SignInAsync(DevelopmentStaff.Email, second);
        Assert.Equal("""["ADMIN"]""", staff.Payload.GetProperty("customer").GetProperty("roles").ToString());
    }

    [Fact]
    public async Task A_shop_of_others_does_not_open_with_the_account_of_development()
    {
        await DevelopmentStaff.OpenAsync(shop.Services, default);

        var refusal = await Assert.ThrowsAsync<CannotStartException>(() =>
            DevelopmentStaff.RefuseAsync(shop.Services, default)
        );

        // What it says helps.
        var sql = refusal.Message[refusal.Message.IndexOf("delete from", StringComparison.Ordinal)..];
        await using (var db = shop.Get<Database<AccountsDb>>().OpenPrimary())
        {
            await db.Database.ExecuteSqlRawAsync(sql);
        }

        await DevelopmentStaff.RefuseAsync(shop.Services, default);
    }

    public void Dispose() => _said.Dispose();

    private Task<int> StaffAsync(params string[] words) =>
        StaffCommand.RunAsync(
            words,
            shop.Services,
            new Steps(_said, isTerminal: false, TimeProvider.System),
            CancellationToken.None
        );
}
