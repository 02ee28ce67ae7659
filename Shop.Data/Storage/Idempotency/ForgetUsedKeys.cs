using Microsoft.Extensions.Options;

namespace Shop.Data.Storage.Idempotency;

/// <summary>Forgets one context's idempotency keys that are older than <see cref="KeyOptions.Retention"/>.</summary>
public sealed class ForgetUsedKeys<TDb>(
    Database<TDb> database,
    IOptions<KeyOptions> options,
    TimeProvider clock
)
    where TDb : ContextDb
{
    /// <summary>Keys that one run forgets at most. Small enough that it holds its locks for milliseconds.</summary>
    public const int BatchSize = 2000;

    /// <returns>How many were forgotten; <see cref="BatchSize"/> means that there may be more.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var table = $"{ContextName.Of<TDb>()}.idempotency_key";
        await using var command = database.Primary.CreateCommand(
            $"""
            delete from {table} where key in (
                select key from {table} where created_at < $1
                order by created_at limit {BatchSize}
                for update skip locked)
            """
        );
        command.Parameters.Add(Sql.Value(clock.GetUtcNow() - options.Value.Retention));
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
