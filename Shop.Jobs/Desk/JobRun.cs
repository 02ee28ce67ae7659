namespace Shop.Jobs.Desk;

/// <summary>One run of a job, that is over.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Outcome">How.</param>
/// <param name="Error">What it failed with, at most 500 characters; null where it did not.</param>
/// <param name="Node">The process it ran in.</param>
public sealed record JobRun(
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    JobOutcome Outcome,
    string? Error,
    string Node
);

/// <summary>How a run ended. Kept as a number; a number is never given a second meaning.</summary>
public enum JobOutcome
{
    /// <summary>It did its work.</summary>
    Succeeded = 1,

    /// <summary>It failed; it runs again when it is due.</summary>
    Failed = 2,

    /// <summary>Its process was stopped under it.</summary>
    Cancelled = 3,
}
