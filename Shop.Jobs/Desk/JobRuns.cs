using StackExchange.Redis;

namespace Shop.Jobs.Desk;

/// <summary>
/// The last runs of every job, wherever it ran: a list for each in Redis, which every process of the shop can read. See
/// docs/decisions/0028. Thread-safe.
/// </summary>
public sealed class JobRuns(IConnectionMultiplexer redis)
{
    /// <summary>Runs that are kept of a job; older ones go.</summary>
    public const int Kept = 100;

    // A job that was taken out of the shop is forgotten.
    private static readonly TimeSpan _lifetime = TimeSpan.FromDays(30);

    /// <summary>Keeps a run.</summary>
    /// <exception cref="RedisException">Redis is away.</exception>
    internal Task KeepAsync(string job, JobRun run)
    {
        var (database, key) = (redis.GetDatabase(), KeyOf(job));
        // One round trip. Should it end in between, the next run of the job does what is left.
        return Task.WhenAll(
            database.ListLeftPushAsync(key, StoredJson.Write(run)),
            database.ListTrimAsync(key, 0, Kept - 1),
            database.KeyExpireAsync(key, _lifetime)
        );
    }

    /// <summary>The last runs of these jobs, newest first; one round trip for all.</summary>
    /// <param name="jobs">Their names.</param>
    /// <param name="count">The most of each, up to <see cref="Kept"/>.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="RedisException">Redis is away.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<JobRun>>> ReadAsync(
        IReadOnlyCollection<string> jobs,
        int count,
        CancellationToken cancel
    )
    {
        var lists = await Task.WhenAll(
                jobs.Select(async job =>
                    (Job: job, Runs: await redis.GetDatabase().ListRangeAsync(KeyOf(job), 0, count - 1))
                )
            )
            .WaitAsync(cancel);
        return lists.ToDictionary(
            list => list.Job,
            list => (IReadOnlyList<JobRun>)[.. list.Runs.Select(run => StoredJson.Read<JobRun>(run!))]
        );
    }

    private static RedisKey KeyOf(string job) => $"jobs:runs:{job}";
}
