using Shop.Data.Search;
using Shop.Data.Search.Columns;
using Shop.Data.Storage.Faults;

namespace Shop.GraphQL.Search;

/// <summary>Has the columns of this node follow the index.</summary>
internal sealed class FollowIndex(HeldColumns columns, TimeProvider clock, ILogger<FollowIndex> log)
    : BackgroundService
{
    // One row is read where nothing has changed.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await FollowAsync(stoppingToken))
        {
            await Task.Delay(_pause, clock, stoppingToken);
        }
    }

    private async Task<bool> FollowAsync(CancellationToken cancel)
    {
        try
        {
            return await columns.FollowAsync(cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // Answers are as old as they say, until it is back.
            if (!Outage.Is(fault))
            {
                log.NotFollowed(fault);
            }

            return true;
        }
    }
}
