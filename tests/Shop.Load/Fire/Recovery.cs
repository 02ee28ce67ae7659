using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Shop.Load.Measure;

namespace Shop.Load.Fire;

/// <summary>Strikes, and measures how long it takes a town to be as before; by kind of what was struck.</summary>
internal sealed class Recovery(Town town, SteadyShoppers shoppers, TimeProvider clock)
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, Samples> _measured = new();

    /// <summary>Strikes so far.</summary>
    public int Strikes { get; private set; }

    /// <summary>Has one thing happen, ends it, and returns once nothing is left to recover from.</summary>
    public async Task AfterAsync(Blow blow, CancellationToken cancel)
    {
        var members = await town.AskAsync<string[]>(
            "select array_agg(instance_name) from quartz.qrtz_scheduler_state",
            cancel
        );
        Strikes++;
        await blow.StrikeAsync();
        var (struck, at, before) = (Stopwatch.GetTimestamp(), clock.GetUtcNow(), shoppers.ReasonsNow);
        List<Task> recoveries =
        [
            MeasureAsync("an order answered", shoppers.AnsweredAsync(1, cancel)),
            MeasureAsync(
                "those from before settled",
                TrueAsync(
                    $"select not exists (select from orders.\"order\" where status = 0 and placed_at < '{at:o}')",
                    cancel
                )
            ),
        ];
        if (blow.Kind == Blow.JobHost)
        {
            // Not started again before: what is measured is that the other one takes over.
            await MeasureAsync("its schedule taken over", TrueAsync(FewerThan(members), cancel));
        }

        await MeasureAsync("back at work", blow.MendAsync(cancel));
        await Task.WhenAll(recoveries);
        Report.Line(
            $"{at:HH:mm:ss} struck: {blow.Name}",
            $"calls sent again until all is well: {Since(before)}"
        );

        async Task MeasureAsync(string what, Task recovery)
        {
            await recovery;
            var samples = _measured.GetOrAdd($"{blow.Kind}: {what}", _ => new());
            samples.Add(struck, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Says how long everything took, from the strike on.</summary>
    public void Print()
    {
        foreach (var (name, samples) in _measured.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Report.Line(name, samples);
        }
    }

    private string Since(IReadOnlyDictionary<string, int> before)
    {
        var reasons = shoppers
            .ReasonsNow.Select(reason =>
                (Name: reason.Key, Times: reason.Value - before.GetValueOrDefault(reason.Key))
            )
            .Where(reason => reason.Times > 0)
            .Select(reason => $"{reason.Times} {reason.Name}");
        return string.Join(", ", reasons.DefaultIfEmpty("none"));
    }

    private static string FewerThan(string[] members) =>
        $"""
            select count(*) < {members.Length} from quartz.qrtz_scheduler_state
            where instance_name in ('{string.Join("','", members)}')
            """;

    /// <summary>Returns once a question is answered with true; PostgreSQL may be away meanwhile.</summary>
    public async Task TrueAsync(string question, CancellationToken cancel)
    {
        using var look = new PeriodicTimer(_look, clock);
        do
        {
            try
            {
                if (await town.AskAsync<bool>(question, cancel))
                {
                    return;
                }
            }
            catch (NpgsqlException)
            {
                // Struck.
            }
        } while (await look.WaitForNextTickAsync(cancel));
    }
}
