using System.Net;
using Shop.Data.Accounts.Attempts;
using Shop.Data.Accounts.Tokens;

namespace Shop.Data.Accounts;

/// <summary>A customer wants to sign in.</summary>
/// <param name="Email">In any form.</param>
/// <param name="Password">As it was typed.</param>
/// <param name="Address">Where they are; null where that is not known.</param>
/// <param name="RefreshToken">One that their device has had for the account, also of a session that is over; null where it has none.</param>
public sealed record SignInRequest(
    string Email,
    string Password,
    IPAddress? Address,
    string? RefreshToken = null
)
{
    /// <summary>Says nothing: what is printed by accident must not show a password.</summary>
    public override string ToString() => "sign-in";
}

/// <summary>Every way signing in, or registering, can end that a client can do something about.</summary>
public abstract record SignInResult
{
    private SignInResult() { }

    /// <summary>They are signed in.</summary>
    public sealed record Done(SessionTokens Tokens) : SignInResult;

    /// <summary>There is no such account, or it has another password; which of the two is not told.</summary>
    public sealed record InvalidCredentials : SignInResult;

    /// <summary>The e-mail has an account with another password; only <see cref="RegisterCustomer"/> says it.</summary>
    public sealed record EmailTaken : SignInResult;

    /// <summary>Too many attempts, or too many at once; whether there is an account makes no difference.</summary>
    public sealed record Throttled(DateTimeOffset PollAfter) : SignInResult;
}

/// <summary>Opens a session for a customer who gives the right password.</summary>
public sealed class SignIn(Database<AccountsDb> database, Credentials credentials, Sessions sessions)
{
    /// <summary>Not idempotent: each success is a session of its own, and one that is not used ends by itself.</summary>
    public async Task<SignInResult> RunAsync(SignInRequest request, CancellationToken cancel)
    {
        var device = await credentials.DeviceAsync(request.Email, request.RefreshToken, cancel);
        var source = new AttemptSource(request.Address, device);
        switch (await credentials.CheckAsync(request.Email, request.Password, source, cancel))
        {
            case CredentialCheck.Throttled(var pollAfter):
                return new SignInResult.Throttled(pollAfter);
            case CredentialCheck.Proven(var customer, var standing):
                await using (var connection = await database.Primary.OpenConnectionAsync(cancel))
                {
                    return new SignInResult.Done(
                        await sessions.OpenAsync(connection, customer, standing, cancel)
                    );
                }

            default:
                return new SignInResult.InvalidCredentials();
        }
    }
}
