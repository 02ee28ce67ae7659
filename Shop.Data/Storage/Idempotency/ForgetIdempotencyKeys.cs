using Microsoft.Extensions.Options;

namespace Shop.Data.Storage.Idempotency;

/// <summary>
/// Forgets one context's keys that are older than <see cref="IdempotencyOptions.Retention"/>: used again, such a key is a
/// new one.
/// </summary>
public sealed class ForgetIdempotencyKeys<TDb>
    where TDb : ContextDb
{
    /// <summary>Keys that one run forgets at most. Small enough that it holds its locks for milliseconds.</summary>
    public const int BatchSize = 2000;

    private readonly Database<TDb> _database;
    private readonly IOptions<IdempotencyOptions> _options;
    private readonly TimeProvider _clock;
    private readonly SqlText _keptRows;

    /// <param name="keptRows">Of which rows, as SQL, only the key is forgotten: the rest of them is never done again.</param>
    internal ForgetIdempotencyKeys(
        Database<TDb> database,
        IOptions<IdempotencyOptions> options,
        TimeProvider clock,
        string keptRows
    ) => (_database, _options, _clock, _keptRows) = (database, options, clock, Sql.Raw(keptRows));

    /// <returns>How many were forgotten; <see cref="BatchSize"/> means that there may be more.</returns>
    public Task<int> RunAsync(CancellationToken cancel)
    {
        var table = Sql.Raw($"{ContextName.Of<TDb>()}.idempotency_key");
        var before = Sql.Value(_clock.GetUtcNow() - _options.Value.Retention);
        return _database.Primary.ScalarAsync<int>(
            $"""
            with old as (
                select key from {table} where created_at < {before}
                order by created_at limit {BatchSize}
                for update skip locked),
            gone as (
                delete from {table} k using old where k.key = old.key and not ({_keptRows})),
            kept as (
                update {table} k set key = gen_random_uuid(), created_at = null
                from old where k.key = old.key and {_keptRows})
            select count(*)::int from old
            """,
            cancel
        );
    }
}
