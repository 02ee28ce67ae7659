using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Data.Accounts;
using Shop.Data.Accounts.Attempts;
using Shop.Data.Kernel;
using Shop.Data.Storage;
using Shop.Tests.Fixtures;
using static Shop.Tests.Accounts.AccountShop;

namespace Shop.Tests.Accounts;

/// <summary>Accounts are made and opened, by their owners and by nobody else.</summary>
public sealed class SignInTests(ShopFixture shop) : IClassFixture<ShopFixture>
{
    [Fact]
    public async Task Whoever_registers_is_signed_in_and_can_sign_in_again()
    {
        var email = SomebodyNew();

        var registered = await shop.RegisterAsync(email);
        var signedIn = await shop.SignInAsync($" {email.ToUpperInvariant()} ");

        Assert.Empty(registered.Problems);
        Assert.Equal(
            "Ada Lovelace",
            registered.Payload.GetProperty("customer").GetProperty("name").GetString()
        );
        Assert.Equal(registered.GlobalId, signedIn.GlobalId);
        Assert.NotEqual(registered.RefreshToken, signedIn.RefreshToken);
        Assert.Equal(
            shop.Clock.GetUtcNow() + TimeSpan.FromMinutes(5),
            signedIn.Payload.GetProperty("accessTokenExpiresAt").GetDateTimeOffset()
        );
    }

    [Fact]
    public async Task Registering_again_signs_in_with_the_right_password_and_with_no_other()
    {
        var email = SomebodyNew();
        var first = await shop.RegisterAsync(email);

        var again = await shop.RegisterAsync(email);
        var other = await shop.RegisterAsync(email, "another password");

        Assert.Equal(first.GlobalId, again.GlobalId);
        Assert.Equal(["EMAIL_TAKEN"], other.Problems);
        Assert.Null(other.AccessToken);
    }

    [Fact]
    public async Task Many_who_register_one_email_at_once_get_one_account()
    {
        var email = SomebodyNew();

        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => shop.RegisterAsync(email)));

        Assert.Single(all.Select(each => each.GlobalId).Distinct());
    }

    [Theory]
    [InlineData("nobody", "long enough", "Ada", "email")]
    [InlineData("ada@b.example", "2 short", "Ada", "password")]
    [InlineData("ada@b.example", "long enough", " ", "name")]
    [InlineData("ada@b.example", "long enough", "Ada\nEve", "name")]
    public async Task What_no_account_can_have_is_refused(
        string email,
        string password,
        string name,
        string field
    )
    {
        var answer = await shop.AskAsync(
            Askers.Guest,
            """
            mutation ($input: CustomerRegisterInput!) {
              customerRegister(input: $input) { accessToken problems { code field } }
            }
            """,
            new
            {
                input = new
                {
                    email,
                    password,
                    name,
                },
            }
        );

        var problem = Assert.Single(
            answer.GetProperty("customerRegister").GetProperty("problems").EnumerateArray()
        );
        Assert.Equal("INVALID_INPUT", problem.GetProperty("code").GetString());
        Assert.Equal(field, problem.GetProperty("field")[0].GetString());
    }

    [Fact]
    public async Task An_email_without_account_and_a_wrong_password_are_answered_alike()
    {
        var email = SomebodyNew();
        await shop.RegisterAsync(email);

        var (wrong, wrongSql) = await WatchedAsync(() => shop.SignInAsync(email, "a wrong password"));
        var (unknown, unknownSql) = await WatchedAsync(() =>
            shop.SignInAsync(SomebodyNew(), "a wrong password")
        );

        Assert.Equal(["INVALID_CREDENTIALS"], wrong.Problems);
        Assert.Equal(wrong.Payload.ToString(), unknown.Payload.ToString());
        Assert.Equal(wrongSql, unknownSql);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Too_many_passwords_at_once_are_not_compared_account_or_none(bool hasAccount)
    {
        using var passwords = new Passwords(
            Options.Create(new AccountOptions { HashingsAtOnce = 1, HashingsWaiting = 0 })
        );
        var hash = hasAccount ? await passwords.HashAsync(Password, default) : null;
        using var together = new Barrier(8);

        var checks = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Factory.StartNew(
                            () =>
                            {
                                together.SignalAndWait();
                                return passwords.CheckAsync(hash, "wrong", default);
                            },
                            TaskCreationOptions.LongRunning
                        )
                        .Unwrap()
                )
        );

        Assert.Contains(PasswordCheck.Wrong, checks);
        Assert.Contains(PasswordCheck.Busy, checks);
    }

    [Fact]
    public async Task After_ten_wrong_passwords_each_next_one_waits_twice_as_long_account_or_none()
    {
        var (email, nobodys) = (SomebodyNew(), SomebodyNew());
        await shop.RegisterAsync(email);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.Equal(["INVALID_CREDENTIALS"], (await shop.SignInAsync(email, "wrong")).Problems);
            Assert.Equal(["INVALID_CREDENTIALS"], (await shop.SignInAsync(nobodys, "wrong")).Problems);
        }

        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900 })
        {
            var slowed = await shop.SignInAsync(email);
            var absent = await shop.SignInAsync(nobodys);

            Assert.Equal(["THROTTLED"], slowed.Problems);
            Assert.Equal(slowed.Payload.ToString(), absent.Payload.ToString());
            Assert.Equal(shop.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds), slowed.PollAfter);
            shop.Clock.SetUtcNow(slowed.PollAfter);
            Assert.Equal(["INVALID_CREDENTIALS"], (await shop.SignInAsync(email, "wrong")).Problems);
            Assert.Equal(["INVALID_CREDENTIALS"], (await shop.SignInAsync(nobodys, "wrong")).Problems);
        }

        shop.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Empty((await shop.SignInAsync(email)).Problems);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_guesses_makes_only_itself_wait_and_never_the_owner(bool isStaff)
    {
        var email = SomebodyNew();
        var password = isStaff
            ? (await shop.Get<SaveStaff>().RunAsync(new(email, [StaffRole.Orders], true), default)).Password!
            : Password;
        var customer = isStaff ? await shop.SignInAsync(email, password) : await shop.RegisterAsync(email);

        var (eve, ada) = (IPAddress.Parse("192.0.2.66"), IPAddress.Parse("192.0.2.67"));
        var signIn = shop.Get<SignIn>();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await signIn.RunAsync(new(email, "wrong", eve), default);
        }

        Assert.IsType<SignInResult.Throttled>(await signIn.RunAsync(new(email, password, eve), default));
        Assert.IsType<SignInResult.Done>(await signIn.RunAsync(new(email, password, ada), default));
        // They share an address, such as that of an office.
        Assert.IsType<SignInResult.Done>(
            await signIn.RunAsync(new(email, password, eve, customer.RefreshToken), default)
        );
    }

    [Fact]
    public async Task Of_guesses_from_everywhere_the_owner_feels_nothing_where_they_have_signed_in_before()
    {
        var email = SomebodyNew();
        var customer = await shop.RegisterAsync(email);
        var another = await shop.RegisterAsync(SomebodyNew());
        await shop.SignOutAsync(customer.RefreshToken);
        var (home, cafe) = (IPAddress.Parse("192.0.2.71"), IPAddress.Parse("192.0.2.72"));
        var (signIn, attempts) = (shop.Get<SignIn>(), shop.Get<SignInAttempts>());
        Assert.IsType<SignInResult.Done>(await signIn.RunAsync(new(email, Password, home), default));
        for (var n = 0; n < 100; n++)
        {
            var bot = new AttemptSource(IPAddress.Parse($"198.51.100.{n}"), Device: null);
            Assert.Null((await attempts.TakeAsync(email, bot, default)).Later);
        }

        Assert.IsType<SignInResult.Throttled>(await signIn.RunAsync(new(email, Password, cafe), default));
        Assert.IsType<SignInResult.Throttled>(
            await signIn.RunAsync(new(email, Password, cafe, another.RefreshToken), default)
        );
        Assert.IsType<SignInResult.Done>(await signIn.RunAsync(new(email, Password, home), default));
        // A session that is over proves it as well.
        Assert.IsType<SignInResult.Done>(
            await signIn.RunAsync(new(email, Password, cafe, customer.RefreshToken), default)
        );
    }

    [Fact]
    public async Task Many_guesses_at_once_are_no_more_than_one_after_the_other()
    {
        var email = SomebodyNew();
        await shop.RegisterAsync(email);

        var guesses = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => shop.SignInAsync(email, "wrong"))
        );

        Assert.Equal(10, guesses.Count(guess => guess.Problems[0] == "INVALID_CREDENTIALS"));
        Assert.Equal(20, guesses.Count(guess => guess.Problems[0] == "THROTTLED"));
    }

    [Fact]
    public async Task The_right_password_clears_what_was_tried()
    {
        var email = SomebodyNew();
        await shop.RegisterAsync(email);
        for (var round = 0; round < 2; round++)
        {
            for (var attempt = 0; attempt < 9; attempt++)
            {
                await shop.SignInAsync(email, "wrong");
            }

            Assert.Empty((await shop.SignInAsync(email)).Problems);
        }
    }

    [Fact]
    public async Task One_address_tries_a_hundred_times_whatever_the_emails()
    {
        var email = SomebodyNew();
        await shop.RegisterAsync(email);
        var (eve, neighbour, ada) = (
            IPAddress.Parse("2001:db8::1"),
            IPAddress.Parse("2001:db8::2"),
            IPAddress.Parse("192.0.2.7")
        );
        var signIn = shop.Get<SignIn>();
        var attempts = shop.Get<SignInAttempts>();
        for (var attempt = 0; attempt < 100; attempt++)
        {
            Assert.Null((await attempts.TakeAsync(SomebodyNew(), new(eve, Device: null), default)).Later);
        }

        Assert.IsType<SignInResult.Throttled>(await signIn.RunAsync(new(email, Password, eve), default));
        Assert.IsType<SignInResult.Throttled>(
            await signIn.RunAsync(new(email, Password, neighbour), default)
        );
        Assert.IsType<SignInResult.Done>(await signIn.RunAsync(new(email, Password, ada), default));
    }

    [Fact]
    public async Task A_password_that_was_hashed_with_fewer_rounds_is_hashed_anew()
    {
        var email = SomebodyNew();
        await shop.RegisterAsync(email);
        var before = await HashAsync(email);
        await using var stronger = shop.Twin(("Accounts:PasswordIterations", "250000"));

        var result = await stronger.Get<SignIn>().RunAsync(new(email, Password, null), default);

        Assert.IsType<SignInResult.Done>(result);
        Assert.NotEqual(before, await HashAsync(email));
        Assert.Empty((await shop.SignInAsync(email)).Problems);
    }

    [Fact]
    public async Task Nothing_that_opens_a_session_is_stored()
    {
        var email = SomebodyNew();
        var customer = await shop.RegisterAsync(email);
        await using var db = shop.Get<Database<AccountsDb>>().OpenPrimary();

        var stored = await db
            .Database.SqlQuery<string>(
                $"""
                select coalesce(string_agg(t::text, ''), '') as "Value" from (
                    select c::text from accounts.customer c union all select s::text from accounts.session s
                    union all select encode(hash, 'escape') from accounts.refresh_token) t
                """
            )
            .SingleAsync();

        Assert.Contains(email, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(customer.RefreshToken, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(customer.AccessToken, stored, StringComparison.Ordinal);
    }

    private static async Task<(SignedIn, IReadOnlyList<string>)> WatchedAsync(Func<Task<SignedIn>> act)
    {
        using var sql = SqlCount.Start();
        return (await act(), sql.Statements);
    }

    private async Task<string> HashAsync(string email)
    {
        await using var db = shop.Get<Database<AccountsDb>>().OpenPrimary();
        return await db
            .Customers.Where(row => row.EmailKey == email)
            .Select(row => row.PasswordHash)
            .SingleAsync();
    }
}
