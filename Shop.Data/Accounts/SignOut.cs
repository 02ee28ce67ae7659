using System.Globalization;
using Shop.Data.Accounts.Tokens;

namespace Shop.Data.Accounts;

/// <summary>Ends a session: none of its refresh tokens is good any more. Safe to repeat.</summary>
public sealed class SignOut(Database<AccountsDb> database, TimeProvider clock)
{
    /// <param name="refreshToken">Any of the session's; another text ends nothing.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task RunAsync(string refreshToken, CancellationToken cancel)
    {
        if (RefreshToken.Read(refreshToken) is not { } token)
        {
            return;
        }

        await using var command = database.Primary.CreateCommand(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                update accounts.session set ended_at = $2, ended_reason = {(short)SessionEnd.SignedOut}
                where id = (select session_id from accounts.refresh_token where hash = $1) and ended_at is null
                """
            )
        );
        command.Parameters.Add(Sql.Value(token.Hash));
        command.Parameters.Add(Sql.Value(clock.GetUtcNow()));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
