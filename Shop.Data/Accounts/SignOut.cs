using Shop.Data.Accounts.Tokens;

namespace Shop.Data.Accounts;

/// <summary>Ends a session: none of its refresh tokens is good any more. Safe to repeat.</summary>
public sealed class SignOut(Database<AccountsDb> database, TimeProvider clock)
{
    /// <param name="refreshToken">Any of the session's; another text ends nothing.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task RunAsync(string refreshToken, CancellationToken cancel)
    {
        if (RefreshToken.Read(refreshToken) is { } token)
        {
            await database.Primary.ExecuteAsync(
                $"""
                update accounts.session
                set ended_at = {Sql.Value(clock.GetUtcNow())}, ended_reason = {(short)SessionEnd.SignedOut}
                where ended_at is null and id = (
                    select session_id from accounts.refresh_token where hash = {Sql.Value(token.Hash)})
                """,
                cancel
            );
        }
    }
}
