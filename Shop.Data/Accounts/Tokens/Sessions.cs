using Microsoft.Extensions.Options;
using Npgsql;

namespace Shop.Data.Accounts.Tokens;

/// <summary>Opens and ends sessions, within the caller's transaction.</summary>
public sealed class Sessions(
    AccessTokens accessTokens,
    IOptions<AccountOptions> options,
    NewId newId,
    TimeProvider clock
)
{
    /// <summary>Opens one.</summary>
    /// <returns>Its first tokens; good once the transaction is committed.</returns>
    internal async Task<SessionTokens> OpenAsync(
        NpgsqlConnection connection,
        CustomerId customer,
        IReadOnlyCollection<StaffRole> roles,
        CancellationToken cancel
    )
    {
        var (id, now, token) = (newId.Next<SessionId>(), clock.GetUtcNow(), RefreshToken.Make());
        await using var command = new NpgsqlCommand(
            """
            with opened as (
                insert into accounts.session (id, customer_id, created_at, expires_at) values ($1, $2, $3, $4))
            insert into accounts.refresh_token (hash, session_id, issued_at) values ($5, $1, $3)
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(id.Value));
        command.Parameters.Add(Sql.Value(customer.Value));
        command.Parameters.Add(Sql.Value(now));
        command.Parameters.Add(Sql.Value(now + options.Value.SessionLifetime));
        command.Parameters.Add(Sql.Value(token.Hash));
        await command.ExecuteNonQueryAsync(cancel);
        return await TokensAsync(customer, id, roles, token, cancel);
    }

    /// <summary>A pair for a session that is there.</summary>
    internal async Task<SessionTokens> TokensAsync(
        CustomerId customer,
        SessionId session,
        IReadOnlyCollection<StaffRole> roles,
        RefreshToken refreshToken,
        CancellationToken cancel
    )
    {
        var (accessToken, expires) = await accessTokens.IssueAsync(customer, session, roles, cancel);
        return new(customer, accessToken, expires, refreshToken.Text);
    }

    /// <summary>Ends all sessions of a customer, but perhaps for one.</summary>
    internal static async Task EndAllAsync(
        NpgsqlConnection connection,
        CustomerId customer,
        SessionId? but,
        SessionEnd reason,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            """
            update accounts.session set ended_at = $3, ended_reason = $4
            where customer_id = $1 and id <> $2 and ended_at is null
            """,
            connection
        );
        command.Parameters.Add(Sql.Value(customer.Value));
        command.Parameters.Add(Sql.Value(but?.Value ?? 0));
        command.Parameters.Add(Sql.Value(now));
        command.Parameters.Add(Sql.Value((short)reason));
        await command.ExecuteNonQueryAsync(cancel);
    }
}
