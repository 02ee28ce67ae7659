using Microsoft.Extensions.Options;

namespace Shop.Data.Accounts;

/// <summary>
/// Forgets sessions that ran out <see cref="AccountOptions.SessionRetention"/> ago, the refresh tokens of living ones that
/// are too old to be anybody's, and keys whose last token expired long ago.
/// </summary>
public sealed class ForgetSessions(
    Database<AccountsDb> database,
    IOptions<AccountOptions> options,
    TimeProvider clock
)
{
    /// <summary>Rows of a kind that one run forgets at most. Small enough that it holds its locks for milliseconds.</summary>
    public const int BatchSize = 2000;

    // Longer than any access token may live.
    private static readonly TimeSpan _keysKept = TimeSpan.FromDays(2);

    /// <returns>How many sessions and tokens were forgotten; <see cref="BatchSize"/> or more means that there may be others.</returns>
    public Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return database.Primary.ScalarAsync<int>(
            $"""
            with over as (
                select id from accounts.session
                where expires_at < {Sql.Value(now - options.Value.SessionRetention)}
                order by expires_at limit {BatchSize} for update skip locked),
            old as (
                select hash from accounts.refresh_token
                where issued_at < {Sql.Value(now - options.Value.SessionLifetime)} and used_at is not null
                limit {BatchSize} for update skip locked),
            tokens_old as (delete from accounts.refresh_token t using old where t.hash = old.hash),
            keys as (
                delete from accounts.signing_key k
                where exists (
                    select 1 from accounts.signing_key younger
                    where younger.created_at > k.created_at
                      and younger.created_at < {Sql.Value(now - _keysKept)})),
            sessions as (delete from accounts.session s using over where s.id = over.id)
            select ((select count(*) from over) + (select count(*) from old))::int
            """,
            cancel
        );
    }
}
