using System.ComponentModel.DataAnnotations;

namespace Shop.Jobs.Scheduling;

/// <summary>Where jobs run. Section <c>Jobs</c>.</summary>
public sealed class JobOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Jobs";

    /// <summary>Whether the web host runs the jobs; false where job hosts do. One process suits a laptop.</summary>
    public bool InProcess { get; init; } = true;

    /// <summary>
    /// Whether this node shares its schedule with others, in PostgreSQL: each job then runs on one of them at a time, and on
    /// another when that one dies. Job hosts do by default; a single process has none to share with.
    /// </summary>
    public bool Cluster { get; init; }

    /// <summary>
    /// A file that is written every five seconds for as long as the schedule turns, for an orchestrator that looks whether this process
    /// lives; null: none.
    /// </summary>
    public string? LifeFile { get; init; }

    /// <summary>How often a node of the cluster says that it lives. A second costs one small statement.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan CheckIn { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How late a check-in may be before the node is held for dead, and its jobs are taken over.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(2);
}
