using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Accounts.Attempts;
using Shop.Data.Accounts.Tokens;

namespace Shop.Data.Accounts;

/// <summary>What an e-mail and a password prove.</summary>
internal abstract record CredentialCheck
{
    private CredentialCheck() { }

    /// <summary>Who they are.</summary>
    public sealed record Proven(CustomerId Customer, CustomerStanding Standing) : CredentialCheck;

    /// <summary>There is no such account, or it has another password. The client does not learn which.</summary>
    public sealed record Wrong : CredentialCheck;

    /// <summary>Nothing was compared; they can try again.</summary>
    public sealed record Throttled(DateTimeOffset PollAfter) : CredentialCheck;
}

/// <summary>
/// Compares e-mails and passwords with what is stored; the one way to find out, for all who want to. It takes the same steps and
/// the same time whether or not there is an account.
/// </summary>
public sealed class Credentials(
    Database<AccountsDb> database,
    Passwords passwords,
    SignInAttempts attempts,
    IOptions<AccountOptions> options,
    TimeProvider clock
)
{
    /// <summary>Whether an e-mail has an account.</summary>
    /// <param name="email">In any form.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<bool> AreKnownAsync(string email, CancellationToken cancel) =>
        await FindAsync(EmailAddress.NormalForm(email), cancel) is not null;

    /// <summary>The session of an account that a device proves to have, or to have had.</summary>
    /// <param name="email">The account's, in any form.</param>
    /// <param name="refreshToken">Any of the session's; null where the device has none.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null where it proves none of this account.</returns>
    internal async Task<SessionId?> DeviceAsync(string email, string? refreshToken, CancellationToken cancel)
    {
        if (refreshToken is null || RefreshToken.Read(refreshToken) is not { } token)
        {
            return null;
        }

        return await database.Primary.FindAsync(
            $"""
            select s.id from accounts.refresh_token t
            join accounts.session s on s.id = t.session_id
            join accounts.customer c on c.id = s.customer_id
            where t.hash = {Sql.Value(token.Hash)}
              and c.email_key = {Sql.Value(EmailAddress.NormalForm(email))}
            """,
            row => (SessionId?)new SessionId(row.GetInt64(0)),
            cancel
        );
    }

    /// <summary>Takes an attempt, and compares.</summary>
    /// <param name="email">In any form.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="cancel">Ends the wait.</param>
    internal async Task<CredentialCheck> CheckAsync(
        string email,
        string password,
        AttemptSource source,
        CancellationToken cancel
    )
    {
        var emailKey = EmailAddress.NormalForm(email);
        var attempt = await attempts.TakeAsync(emailKey, source, cancel);
        if (attempt.Later is { } later)
        {
            return new CredentialCheck.Throttled(later);
        }

        var stored = await FindAsync(emailKey, cancel);
        var check = await passwords.CheckAsync(stored?.PasswordHash, password, cancel);
        if (check == PasswordCheck.Busy)
        {
            await attempts.GiveBackAsync(attempt, cancel);
            return Busy;
        }

        if (stored is null || check == PasswordCheck.Wrong)
        {
            return new CredentialCheck.Wrong();
        }

        await attempts.SucceedAsync(attempt, cancel);
        if (check == PasswordCheck.RightButOld)
        {
            await HashAnewAsync(stored, password, cancel);
        }

        return new CredentialCheck.Proven(stored.Customer, stored.Standing);
    }

    /// <summary>The answer where too many passwords wait to be hashed.</summary>
    internal CredentialCheck.Throttled Busy => new(clock.GetUtcNow() + options.Value.ThrottledFor);

    private Task<Stored?> FindAsync(string emailKey, CancellationToken cancel) =>
        database.Primary.FindAsync(
            $"""
            select id, password_hash, roles, groups, tax_exemption from accounts.customer
            where email_key = {Sql.Value(emailKey)}
            """,
            row => new Stored(new(row.GetInt64(0)), row.GetString(1), CustomerStanding.Read(row, 2)),
            cancel
        );

    private async Task HashAnewAsync(Stored stored, string password, CancellationToken cancel)
    {
        // Another time, where there is no place now.
        if (await passwords.HashAsync(password, cancel) is { } hash)
        {
            await database.Primary.ExecuteAsync(
                $"""
                update accounts.customer set password_hash = {Sql.Value(hash)}
                where id = {Sql.Value(stored.Customer.Value)}
                  and password_hash = {Sql.Value(stored.PasswordHash)}
                """,
                cancel
            );
        }
    }

    private sealed record Stored(CustomerId Customer, string PasswordHash, CustomerStanding Standing);
}

/// <summary>Roles as they are stored.</summary>
internal static class StoredRoles
{
    public static IReadOnlyCollection<StaffRole> Roles(this NpgsqlDataReader row, int column) =>
        [.. row.GetFieldValue<short[]>(column).Select(number => (StaffRole)number)];

    /// <summary>Each once, in their order.</summary>
    public static short[] Of(IEnumerable<StaffRole> roles) =>
        [.. roles.Select(role => (short)role).Distinct().Order()];
}
