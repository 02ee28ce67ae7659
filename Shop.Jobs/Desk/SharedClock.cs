using Microsoft.Extensions.Configuration;
using Quartz;
using Shop.Jobs.Scheduling;

namespace Shop.Jobs.Desk;

/// <summary>The schedule that job hosts share, for a process that runs none of it: it is never started here.</summary>
internal sealed class SharedClock(IConfiguration settings, ISchedulerFactory factory)
{
    private bool _isPrepared;

    public async Task<IScheduler> LookAsync(CancellationToken cancel)
    {
        if (!_isPrepared)
        {
            // An operator may look before the first job host has come; twice at once does no harm.
            await JobCluster.PrepareAsync(settings, cancel);
            _isPrepared = true;
        }

        return await factory.GetScheduler(cancel);
    }
}
