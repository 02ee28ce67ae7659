using Microsoft.Extensions.Options;

namespace Shop.Data.Messages;

/// <summary>
/// Forgets one context's messages that were confirmed, and inbox entries that were made, <see cref="MessageOptions.Retention"/>
/// ago.
/// </summary>
public sealed class ForgetMessages<TDb>(
    Database<TDb> database,
    IOptions<MessageOptions> options,
    TimeProvider clock
)
    where TDb : ContextDb
{
    // Small enough that a batch holds its locks for milliseconds.
    private const int BatchSize = 5000;

    /// <returns>How many rows went, of both tables; zero when nothing is left to forget.</returns>
    public Task<int> RunAsync(CancellationToken cancel) => RunAsync(BatchSize, cancel);

    /// <param name="limit">The most rows of each table.</param>
    /// <param name="cancel">Ends it.</param>
    internal Task<int> RunAsync(int limit, CancellationToken cancel)
    {
        var (schema, before) = (
            Sql.Raw(ContextName.Of<TDb>()),
            Sql.Value(clock.GetUtcNow() - options.Value.Retention)
        );
        return database.Primary.ScalarAsync<int>(
            $"""
            with old_inbox as (
                delete from {schema}.inbox where (sender, message_id) in (
                    select sender, message_id from {schema}.inbox where taken_at < {before} limit {limit})
                returning 1),
            old_messages as (
                delete from {schema}.local_message where id in (
                    select id from {schema}.local_message
                    where status = 2 and created_at < {before} and updated_at < {before} limit {limit})
                returning 1)
            select count(*)::int from (select from old_inbox union all select from old_messages) as gone
            """,
            cancel
        );
    }
}
