using System.Net;
using Npgsql;
using Shop.Data.Accounts.Attempts;
using Shop.Data.Accounts.Tokens;

namespace Shop.Data.Accounts;

/// <summary>A visitor wants an account.</summary>
/// <param name="Email">As they write it; at most <see cref="EmailAddress.MaxLength"/>.</param>
/// <param name="Password"><see cref="Passwords.MinLength"/> to <see cref="Passwords.MaxLength"/> characters.</param>
/// <param name="Name">What they want to be called; at most <see cref="Customer.MaxNameLength"/>.</param>
/// <param name="Address">Where they are; null where that is not known.</param>
public sealed record RegisterCustomerRequest(string Email, string Password, string Name, IPAddress? Address)
{
    /// <summary>Says nothing: what is printed by accident must not show a password.</summary>
    public override string ToString() => "registration";
}

/// <summary>
/// Makes an account and signs its owner in. Sent again with the same e-mail and password it signs in, so a lost answer costs
/// nothing.
/// </summary>
public sealed class RegisterCustomer(
    Database<AccountsDb> database,
    Credentials credentials,
    Passwords passwords,
    SignInAttempts attempts,
    Sessions sessions,
    SignIn signIn,
    WritePositions positions,
    NewId newId,
    TimeProvider clock
)
{
    /// <returns>Any of them but <see cref="SignInResult.InvalidCredentials"/>.</returns>
    public async Task<SignInResult> RunAsync(RegisterCustomerRequest request, CancellationToken cancel)
    {
        if (!await credentials.AreKnownAsync(request.Email, cancel))
        {
            var result = await MakeAsync(request, cancel);
            if (result is not null)
            {
                return result;
            }
        }

        return await signIn.RunAsync(new(request.Email, request.Password, request.Address), cancel) switch
        {
            SignInResult.InvalidCredentials => new SignInResult.EmailTaken(),
            var other => other,
        };
    }

    // Null where another request took the e-mail first.
    private async Task<SignInResult?> MakeAsync(RegisterCustomerRequest request, CancellationToken cancel)
    {
        var attempt = await attempts.TakeAsync(
            EmailAddress.NormalForm(request.Email),
            new(request.Address, Device: null),
            cancel
        );
        if (attempt.Later is { } later)
        {
            return new SignInResult.Throttled(later);
        }

        if (await passwords.HashAsync(request.Password, cancel) is not { } hash)
        {
            await attempts.GiveBackAsync(attempt, cancel);
            return new SignInResult.Throttled(credentials.Busy.PollAfter);
        }

        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var id = newId.Next<CustomerId>();
        if (!await InsertAsync(connection, id, request.Email, request.Name, hash, clock.GetUtcNow(), cancel))
        {
            await attempts.GiveBackAsync(attempt, cancel);
            return null;
        }

        var tokens = await sessions.OpenAsync(connection, id, CustomerStanding.Plain, cancel);
        await transaction.CommitAsync(cancel);
        await positions.MarkAsync([WritePositions.SubjectOf(id)], await connection.PositionAsync(cancel));
        await attempts.MadeAsync(attempt, cancel);
        return new SignInResult.Done(tokens);
    }

    /// <summary>Stores a new account.</summary>
    /// <returns>False where the e-mail has one.</returns>
    internal static async Task<bool> InsertAsync(
        NpgsqlConnection connection,
        CustomerId id,
        string email,
        string name,
        string passwordHash,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        await connection.ExecuteAsync(
            $"""
            insert into accounts.customer (id, email, email_key, name, password_hash, roles, version, created_at)
            values ({Sql.Value(id.Value)}, {Sql.Value(email.Trim())},
                {Sql.Value(EmailAddress.NormalForm(email))}, {Sql.Value(name.Trim())},
                {Sql.Value(passwordHash)}, {Sql.Value(StoredRoles.Of([]))}, 1, {Sql.Value(now)})
            on conflict (email_key) do nothing
            """,
            cancel
        ) == 1;
}
