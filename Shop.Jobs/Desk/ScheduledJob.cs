namespace Shop.Jobs.Desk;

/// <summary>A job and when it runs.</summary>
/// <param name="Name">Unique in the shop, such as <c>forget-sessions</c>.</param>
/// <param name="IsByTheClock">True where it runs by the clock; false where messages wake it, on every node.</param>
/// <param name="Schedules">When it runs; empty where that is known only to the process that runs it.</param>
public sealed record ScheduledJob(string Name, bool IsByTheClock, IReadOnlyList<JobSchedule> Schedules);

/// <summary>One reason for a job to run.</summary>
/// <param name="State">What it is at.</param>
/// <param name="Every">How often, such as <c>00:00:10</c>, or a cron expression; null for once.</param>
/// <param name="PreviousFireAt">When it was last due; null before the first time.</param>
/// <param name="NextFireAt">When it is due next; null where it is not any more.</param>
public sealed record JobSchedule(
    JobState State,
    string? Every,
    DateTimeOffset? PreviousFireAt,
    DateTimeOffset? NextFireAt
);

/// <summary>What a job is at.</summary>
public enum JobState
{
    /// <summary>Waits for its time.</summary>
    Waiting,

    /// <summary>Is at work, on one node or another.</summary>
    Running,

    /// <summary>Was paused, and waits for an operator to resume it.</summary>
    Paused,

    /// <summary>Will not run again.</summary>
    Complete,

    /// <summary>Could not even be begun, and is not tried again before an operator has looked.</summary>
    Broken,
}
