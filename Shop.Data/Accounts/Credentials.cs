using System.Net;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Accounts.Attempts;

namespace Shop.Data.Accounts;

/// <summary>What an e-mail and a password prove.</summary>
internal abstract record CredentialCheck
{
    private CredentialCheck() { }

    /// <summary>Who they are.</summary>
    public sealed record Proven(CustomerId Customer, IReadOnlyCollection<StaffRole> Roles) : CredentialCheck;

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

    /// <summary>Takes an attempt, and compares.</summary>
    /// <param name="email">In any form.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="address">Where it comes from; null where that is not known.</param>
    /// <param name="cancel">Ends the wait.</param>
    internal async Task<CredentialCheck> CheckAsync(
        string email,
        string password,
        IPAddress? address,
        CancellationToken cancel
    )
    {
        var emailKey = EmailAddress.NormalForm(email);
        if (await attempts.TakeAsync(emailKey, address, cancel) is { } later)
        {
            return new CredentialCheck.Throttled(later);
        }

        var stored = await FindAsync(emailKey, cancel);
        var check = await passwords.CheckAsync(stored?.PasswordHash, password, cancel);
        if (check == PasswordCheck.Busy)
        {
            await attempts.GiveBackAsync(emailKey, address, cancel);
            return Busy;
        }

        if (stored is null || check == PasswordCheck.Wrong)
        {
            return new CredentialCheck.Wrong();
        }

        await attempts.ForgetAsync(emailKey, address, cancel);
        if (check == PasswordCheck.RightButOld)
        {
            await HashAnewAsync(stored, password, cancel);
        }

        return new CredentialCheck.Proven(stored.Customer, stored.Roles);
    }

    /// <summary>The answer where too many passwords wait to be hashed.</summary>
    internal CredentialCheck.Throttled Busy => new(clock.GetUtcNow() + options.Value.ThrottledFor);

    private async Task<Stored?> FindAsync(string emailKey, CancellationToken cancel)
    {
        await using var command = database.Primary.CreateCommand(
            "select id, password_hash, roles from accounts.customer where email_key = $1"
        );
        command.Parameters.Add(Sql.Value(emailKey));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel)
            ? new(new(rows.GetInt64(0)), rows.GetString(1), await rows.RolesAsync(2, cancel))
            : null;
    }

    private async Task HashAnewAsync(Stored stored, string password, CancellationToken cancel)
    {
        // Another time, where there is no place now.
        if (await passwords.HashAsync(password, cancel) is not { } hash)
        {
            return;
        }

        await using var command = database.Primary.CreateCommand(
            "update accounts.customer set password_hash = $3 where id = $1 and password_hash = $2"
        );
        command.Parameters.Add(Sql.Value(stored.Customer.Value));
        command.Parameters.Add(Sql.Value(stored.PasswordHash));
        command.Parameters.Add(Sql.Value(hash));
        await command.ExecuteNonQueryAsync(cancel);
    }

    private sealed record Stored(
        CustomerId Customer,
        string PasswordHash,
        IReadOnlyCollection<StaffRole> Roles
    );
}

/// <summary>Roles as they are stored.</summary>
internal static class StoredRoles
{
    public static async Task<IReadOnlyCollection<StaffRole>> RolesAsync(
        this NpgsqlDataReader rows,
        int column,
        CancellationToken cancel
    ) => [.. (await rows.GetFieldValueAsync<short[]>(column, cancel)).Select(number => (StaffRole)number)];

    /// <summary>Each once, in their order.</summary>
    public static short[] Of(IEnumerable<StaffRole> roles) =>
        [.. roles.Select(role => (short)role).Distinct().Order()];
}
