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
        CustomerStanding standing,
        CancellationToken cancel
    )
    {
        var (id, now, token) = (newId.Next<SessionId>(), clock.GetUtcNow(), RefreshToken.Make());
        var (session, at) = (Sql.Value(id.Value), Sql.Value(now));
        await connection.ExecuteAsync(
            $"""
            with opened as (
                insert into accounts.session (id, customer_id, created_at, expires_at)
                values ({session}, {Sql.Value(customer.Value)}, {at},
                    {Sql.Value(now + options.Value.SessionLifetime)}))
            insert into accounts.refresh_token (hash, session_id, issued_at)
            values ({Sql.Value(token.Hash)}, {session}, {at})
            """,
            cancel
        );
        return await TokensAsync(customer, id, standing, token, cancel);
    }

    /// <summary>A pair for a session that is there.</summary>
    internal async Task<SessionTokens> TokensAsync(
        CustomerId customer,
        SessionId session,
        CustomerStanding standing,
        RefreshToken refreshToken,
        CancellationToken cancel
    )
    {
        var (accessToken, expires) = await accessTokens.IssueAsync(customer, session, standing, cancel);
        return new(customer, accessToken, expires, refreshToken.Text);
    }

    /// <summary>Ends all sessions of a customer, but perhaps for one.</summary>
    internal static Task EndAllAsync(
        NpgsqlConnection connection,
        CustomerId customer,
        SessionId? but,
        SessionEnd reason,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        connection.ExecuteAsync(
            $"""
            update accounts.session set ended_at = {Sql.Value(now)}, ended_reason = {Sql.Value((short)reason)}
            where customer_id = {Sql.Value(customer.Value)} and id <> {Sql.Value(but?.Value ?? 0)}
              and ended_at is null
            """,
            cancel
        );
}
