using System.Diagnostics;
using Npgsql;

namespace Shop.Load.Bench.Events;

/// <summary>Writes steps of orders at a given rate, as the shop does: a few in a transaction, and then the bell. What they are called changes nothing.</summary>
internal static class StepWriter
{
    private const int Writers = 4;
    private const int PerSecond = 50;

    // As the shop writes them; who hears of them outside reads all of it.
    private const string Step = """
        with o as (
            update orders."order" set version = version + 1 where id = any($1) returning id, version, status)
        insert into orders.order_event (order_id, sequence, at, from_status, to_status, actor, tx)
        select id, version, $2, status, status, 'bench', (select pg_current_xact_id()::text::bigint) from o
        """;

    /// <summary>Writes them; each writer has orders of its own.</summary>
    /// <param name="database">The primary.</param>
    /// <param name="orders">Orders that are settled; those of a transaction differ.</param>
    /// <param name="steps">A second.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>How many a second were written.</returns>
    public static async Task<double> RunAsync(
        NpgsqlDataSource database,
        IReadOnlyList<long> orders,
        int steps,
        int seconds,
        CancellationToken cancel
    )
    {
        var size = Math.Max(1, steps / (Writers * PerSecond));
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            orders
                .Chunk(orders.Count / Writers)
                .Take(Writers)
                .Select(own => WriteAsync(database, own, size, seconds * PerSecond, cancel))
        );
        return Writers * PerSecond * seconds * size / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task WriteAsync(
        NpgsqlDataSource database,
        long[] orders,
        int size,
        int times,
        CancellationToken cancel
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        for (var n = 0; n < times; n++)
        {
            // Whether or not the one before was in time.
            while (Stopwatch.GetElapsedTime(began).TotalSeconds < (double)n / PerSecond)
            {
                await timer.WaitForNextTickAsync(cancel);
            }

            var next = Enumerable.Range(n * size, size).Select(at => orders[at % orders.Length]).ToArray();
            await using var step = new NpgsqlCommand(Step, connection);
            step.Parameters.Add(new() { Value = next });
            step.Parameters.Add(new() { Value = TimeProvider.System.GetUtcNow() });
            await step.ExecuteNonQueryAsync(cancel);
            await using var bell = new NpgsqlCommand("notify orders_messages", connection);
            await bell.ExecuteNonQueryAsync(cancel);
        }
    }
}
