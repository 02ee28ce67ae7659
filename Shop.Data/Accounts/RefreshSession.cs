using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Accounts.Tokens;

namespace Shop.Data.Accounts;

/// <summary>Every way refreshing can end that a client can do something about.</summary>
public abstract record RefreshSessionResult
{
    private RefreshSessionResult() { }

    /// <summary>The session goes on.</summary>
    public sealed record Done(SessionTokens Tokens) : RefreshSessionResult;

    /// <summary>It does not: there is no such token, or its session is over. Only signing in helps.</summary>
    public sealed record Ended : RefreshSessionResult;
}

/// <summary>
/// Gives the next pair of tokens for a refresh token. A token is used once; a client that has not heard the answer gets the same
/// answer for a short while. Later, or once the successor was used, a second use means that two have the token: the session
/// ends.
/// </summary>
public sealed class RefreshSession(
    Database<AccountsDb> database,
    Sessions sessions,
    IOptions<TokenOptions> tokens,
    IOptions<AccountOptions> options,
    TimeProvider clock,
    ILogger<RefreshSession> log
)
{
    /// <param name="refreshToken">As the client has it.</param>
    /// <param name="cancel">Ends the wait; sent again it gives the same answer.</param>
    public async Task<RefreshSessionResult> RunAsync(string refreshToken, CancellationToken cancel)
    {
        if (RefreshToken.Read(refreshToken) is not { } token)
        {
            return new RefreshSessionResult.Ended();
        }

        var successor = token.Successor(tokens.Value.KeySecret);
        var now = clock.GetUtcNow();
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await LockAsync(connection, token, successor, cancel) is not { } found || found.IsOver(now))
        {
            return new RefreshSessionResult.Ended();
        }

        if (found.UsedAt is null)
        {
            await RotateAsync(connection, found.Session, token, successor, now, cancel);
        }
        else if (!found.IsSuccessorUnused || now - found.UsedAt > tokens.Value.RefreshGrace)
        {
            await EndAsync(connection, found.Session, now, cancel);
            await transaction.CommitAsync(cancel);
            log.TokenReused(found.Session.Value, found.Customer.Value);
            return new RefreshSessionResult.Ended();
        }

        await transaction.CommitAsync(cancel);
        return new RefreshSessionResult.Done(
            await sessions.TokensAsync(found.Customer, found.Session, found.Standing, successor, cancel)
        );
    }

    // In two statements: the second one sees what the request that held the lock has done.
    private static async Task<Found?> LockAsync(
        NpgsqlConnection connection,
        RefreshToken token,
        RefreshToken successor,
        CancellationToken cancel
    )
    {
        await using var batch = connection.CreateBatch([
            Sql.Batched(
                $"""
                select 1 from accounts.session
                where id = (
                    select session_id from accounts.refresh_token where hash = {Sql.Value(token.Hash)})
                for update
                """
            ),
            Sql.Batched(
                $"""
                select s.id, s.customer_id, c.roles, c.groups, c.tax_exemption, s.ended_at, s.expires_at,
                    t.used_at,
                    next.hash is not null and next.used_at is null
                from accounts.refresh_token t
                join accounts.session s on s.id = t.session_id
                join accounts.customer c on c.id = s.customer_id
                left join accounts.refresh_token next
                    on next.hash = {Sql.Value(successor.Hash)} and next.session_id = s.id
                where t.hash = {Sql.Value(token.Hash)}
                """
            ),
        ]);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        await rows.NextResultAsync(cancel);
        var found = await rows.ListAsync(
            row => new Found(
                new(row.GetInt64(0)),
                new(row.GetInt64(1)),
                CustomerStanding.Read(row, 2),
                row.GetFieldValue<DateTimeOffset?>(5),
                row.GetFieldValue<DateTimeOffset>(6),
                row.GetFieldValue<DateTimeOffset?>(7),
                row.GetBoolean(8)
            ),
            cancel
        );
        return found.SingleOrDefault();
    }

    private Task<int> RotateAsync(
        NpgsqlConnection connection,
        SessionId session,
        RefreshToken token,
        RefreshToken successor,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var (id, next, at) = (Sql.Value(session.Value), Sql.Value(successor.Hash), Sql.Value(now));
        return connection.ExecuteAsync(
            $"""
            with used as (
                update accounts.refresh_token set used_at = {at} where hash = {Sql.Value(token.Hash)}),
            longer as (
                update accounts.session set expires_at = {Sql.Value(now + options.Value.SessionLifetime)}
                where id = {id})
            insert into accounts.refresh_token (hash, session_id, issued_at) values ({next}, {id}, {at})
            """,
            cancel
        );
    }

    private static Task<int> EndAsync(
        NpgsqlConnection connection,
        SessionId session,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        connection.ExecuteAsync(
            $"""
            update accounts.session
            set ended_at = {Sql.Value(now)}, ended_reason = {(short)SessionEnd.TokenReused}
            where id = {Sql.Value(session.Value)}
            """,
            cancel
        );

    private sealed record Found(
        SessionId Session,
        CustomerId Customer,
        CustomerStanding Standing,
        DateTimeOffset? EndedAt,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? UsedAt,
        bool IsSuccessorUnused
    )
    {
        public bool IsOver(DateTimeOffset now) => EndedAt is not null || ExpiresAt <= now;
    }
}
