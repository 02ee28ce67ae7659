using Microsoft.Extensions.Options;
using Quartz;

namespace Shop.Jobs.Scheduling;

/// <summary>Writes the time into <see cref="JobOptions.LifeFile"/>: as old as the file is, so long the schedule has stood still.</summary>
internal sealed class TellLifeJob(IOptions<JobOptions> options, TimeProvider clock) : IJob
{
    public const string Name = "tell-life";

    /// <summary>How often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public async ValueTask Execute(
        IJobExecutionContext context,
        CancellationToken cancellationToken = default
    ) => await File.WriteAllTextAsync(options.Value.LifeFile!, $"{clock.GetUtcNow():O}\n", cancellationToken);
}
