using System.Net;
using Npgsql;
using Shop.Data.Accounts.Attempts;
using Shop.Data.Accounts.Tokens;

namespace Shop.Data.Accounts;

/// <summary>A customer wants another password.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Session">The session that goes on; null ends all.</param>
/// <param name="OldPassword">As it was typed.</param>
/// <param name="NewPassword"><see cref="Passwords.MinLength"/> to <see cref="Passwords.MaxLength"/> characters.</param>
/// <param name="Address">Where they are; null where that is not known.</param>
public sealed record ChangePasswordRequest(
    CustomerId Customer,
    SessionId? Session,
    string OldPassword,
    string NewPassword,
    IPAddress? Address
)
{
    /// <summary>Says nothing but who: what is printed by accident must not show a password.</summary>
    public override string ToString() => $"password of {Customer}";
}

/// <summary>Changes a password and ends all other sessions: a thief of the old one is signed out.</summary>
public sealed class ChangePassword(
    Database<AccountsDb> database,
    Credentials credentials,
    Passwords passwords,
    TimeProvider clock
)
{
    /// <returns>
    /// <see cref="CustomerResult.Done"/>, <see cref="CustomerResult.NotFound"/>, <see cref="CustomerResult.WrongPassword"/>
    /// or <see cref="CustomerResult.Throttled"/>.
    /// </returns>
    public async Task<CustomerResult> RunAsync(ChangePasswordRequest request, CancellationToken cancel)
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        if (await EmailAsync(connection, request.Customer, cancel) is not { } email)
        {
            return new CustomerResult.NotFound();
        }

        var source = new AttemptSource(request.Address, request.Session);
        switch (await credentials.CheckAsync(email, request.OldPassword, source, cancel))
        {
            case CredentialCheck.Throttled(var pollAfter):
                return new CustomerResult.Throttled(pollAfter);
            case CredentialCheck.Wrong:
                return new CustomerResult.WrongPassword();
        }

        if (await passwords.HashAsync(request.NewPassword, cancel) is not { } hash)
        {
            return new CustomerResult.Throttled(credentials.Busy.PollAfter);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await SetAsync(connection, request.Customer, hash, cancel);
        await Sessions.EndAllAsync(
            connection,
            request.Customer,
            request.Session,
            SessionEnd.PasswordChanged,
            clock.GetUtcNow(),
            cancel
        );
        await transaction.CommitAsync(cancel);
        return new CustomerResult.Done();
    }

    /// <summary>Stores another hash.</summary>
    internal static Task SetAsync(
        NpgsqlConnection connection,
        CustomerId customer,
        string hash,
        CancellationToken cancel
    ) =>
        connection.ExecuteAsync(
            $"""
            update accounts.customer set password_hash = {Sql.Value(hash)}
            where id = {Sql.Value(customer.Value)}
            """,
            cancel
        );

    private static Task<string?> EmailAsync(
        NpgsqlConnection connection,
        CustomerId customer,
        CancellationToken cancel
    ) =>
        connection.ScalarAsync<string>(
            $"select email_key from accounts.customer where id = {Sql.Value(customer.Value)}",
            cancel
        );
}
