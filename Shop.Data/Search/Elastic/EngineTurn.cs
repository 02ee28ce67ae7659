using Npgsql;

namespace Shop.Data.Search.Elastic;

/// <summary>
/// Has one process at a time feed indexes of the engine, and one build them, whatever the number of nodes. Twice would do no harm, since
/// versions refuse what is older, but cost as much again. The lock ends with its connection.
/// </summary>
public sealed class EngineTurn(Database<SearchDb> database)
{
    /// <summary>For <see cref="FeedElastic"/>; any number that no other lock of the database has.</summary>
    internal const long Feeding = 7_310_592_461_001;

    /// <summary>For <see cref="RebuildIndex"/>.</summary>
    internal const long Building = 7_310_592_461_002;

    /// <returns>What the work returns; zero where another process is at it.</returns>
    /// <exception cref="NpgsqlException">PostgreSQL is away.</exception>
    internal async Task<int> RunAsync(
        long turn,
        Func<CancellationToken, Task<int>> work,
        CancellationToken cancel
    )
    {
        await using var connection = await database.Primary.OpenConnectionAsync(cancel);
        if (!await connection.ScalarAsync<bool>($"select pg_try_advisory_lock({Sql.Value(turn)})", cancel))
        {
            return 0;
        }

        try
        {
            return await work(cancel);
        }
        finally
        {
            await connection.ScalarAsync<bool>(
                $"select pg_advisory_unlock({Sql.Value(turn)})",
                CancellationToken.None
            );
        }
    }
}
