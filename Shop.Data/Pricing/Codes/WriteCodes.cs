using Npgsql;
using NpgsqlTypes;

namespace Shop.Data.Pricing.Codes;

/// <summary>Writes codes by <c>copy</c>, in the transaction of the caller.</summary>
internal static class WriteCodes
{
    private const string Copy = "copy made_code (code) from stdin (format binary)";

    /// <summary>Writes those that are not there yet. They are taken one after the other, so that memory does not grow with them.</summary>
    /// <returns>How many were not.</returns>
    public static async Task<int> RunAsync(
        NpgsqlConnection connection,
        CodeBatch batch,
        IEnumerable<string> codes,
        CancellationToken cancel
    )
    {
        await connection.ExecuteAsync(
            $"create temp table if not exists made_code (code text) on commit drop",
            cancel
        );
        await connection.ExecuteAsync($"truncate made_code", cancel);
        await using (var copy = await connection.BeginBinaryImportAsync(Copy, cancel))
        {
            foreach (var code in codes)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(code, NpgsqlDbType.Text, cancel);
            }

            await copy.CompleteAsync(cancel);
        }

        return await connection.ExecuteAsync(
            $"""
            insert into pricing.promotion_code (code, promotion_id, batch_id, ends_at)
            select code, {Sql.Value(batch.PromotionId.Value)}, {Sql.Value(batch.Id.Value)},
                {Sql.Value(batch.EndsAt?.ToUniversalTime())}
            from made_code order by code
            on conflict do nothing
            """,
            cancel
        );
    }

    /// <summary>Makes so many, and makes anew each that is there already.</summary>
    /// <param name="connection">In the transaction.</param>
    /// <param name="batch">Whose codes they are.</param>
    /// <param name="count">How many.</param>
    /// <param name="make">Makes one of a prefix.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task MakeAsync(
        NpgsqlConnection connection,
        CodeBatch batch,
        int count,
        Func<string, string> make,
        CancellationToken cancel
    )
    {
        for (var left = count; left > 0; )
        {
            left -= await RunAsync(
                connection,
                batch,
                Enumerable.Repeat(batch.Prefix, left).Select(make),
                cancel
            );
        }
    }
}
