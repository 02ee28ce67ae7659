using System.Security.Cryptography;
using Npgsql;
using Shop.Data.Accounts.Tokens;
using Shop.Data.Audit;

namespace Shop.Data.Accounts;

/// <summary>An operator, on the shop's own machine, makes a person staff.</summary>
/// <param name="Email">Whose account; one is made where there is none.</param>
/// <param name="Roles">All of their roles; null leaves those that they have.</param>
/// <param name="NewPassword">Whether an account that is there gets another password; a new one always does.</param>
public sealed record SaveStaffRequest(string Email, IReadOnlyCollection<StaffRole>? Roles, bool NewPassword);

/// <summary>What became of it.</summary>
/// <param name="IsNew">Whether the account was made.</param>
/// <param name="Password">The password that it got, told here and nowhere else; null where it keeps the one it has.</param>
public sealed record SavedStaff(bool IsNew, string? Password)
{
    /// <summary>Says nothing: what is printed by accident must not show a password.</summary>
    public override string ToString() => "staff";
}

/// <summary>
/// Makes an account of staff, or changes one, without a check of who asks: for the shop's own machine. The audit trail
/// names no customer, number 0, as the one who did it.
/// </summary>
public sealed class SaveStaff(
    Database<AccountsDb> database,
    Passwords passwords,
    NewId newId,
    TimeProvider clock
)
{
    // Without those that look alike: 20 of 54 letters are 115 bits.
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz2345678";
    private const int PasswordLength = 20;

    private static readonly CustomerId _operator = new(0);

    public async Task<SavedStaff> RunAsync(SaveStaffRequest request, CancellationToken cancel)
    {
        var password = RandomNumberGenerator.GetString(Letters, PasswordLength);
        var hash =
            await passwords.HashAsync(password, cancel)
            ?? throw new InvalidOperationException("Too many passwords wait to be hashed.");
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var isNew = await RegisterCustomer.InsertAsync(
            connection,
            newId.Next<CustomerId>(),
            request.Email,
            name: request.Email.Split('@')[0],
            hash,
            clock.GetUtcNow(),
            cancel
        );
        var customer = await LockedCustomer.TakeAsync(
            connection,
            await FindAsync(connection, request.Email, cancel),
            cancel
        );
        if (!isNew && request.NewPassword)
        {
            await ChangePassword.SetAsync(connection, customer!.Id, hash, cancel);
            await Sessions.EndAllAsync(
                connection,
                customer.Id,
                but: null,
                SessionEnd.PasswordChanged,
                clock.GetUtcNow(),
                cancel
            );
        }

        if (request.Roles is { } roles && !customer!.Roles.ToHashSet().SetEquals(roles))
        {
            var trail = new AuditTrail(_operator, "customerRolesSet", clock.GetUtcNow(), newId);
            await SetCustomerRoles.WriteAsync(connection, customer, roles, trail, cancel);
        }

        await transaction.CommitAsync(cancel);
        return new(isNew, isNew || request.NewPassword ? password : null);
    }

    private static async Task<CustomerId> FindAsync(
        NpgsqlConnection connection,
        string email,
        CancellationToken cancel
    ) =>
        new(
            await connection.ScalarAsync<long>(
                $"""
                select id from accounts.customer where email_key = {Sql.Value(EmailAddress.NormalForm(email))}
                """,
                cancel
            )
        );
}
