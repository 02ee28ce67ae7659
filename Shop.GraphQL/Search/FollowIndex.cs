using Shop.Data.Search;
using Shop.Data.Search.Columns;
using Shop.Data.Search.Elastic;
using Shop.Data.Search.Synonyms;
using Shop.Data.Storage.Faults;

namespace Shop.GraphQL.Search;

/// <summary>Has this node follow the index: its columns, its synonyms, and which index of Elasticsearch is searched, if there is one.</summary>
internal sealed class FollowIndex(
    HeldColumns columns,
    HeldThesaurus thesaurus,
    LiveIndex live,
    TimeProvider clock,
    ILogger<FollowIndex> log
) : BackgroundService
{
    // A row at most is read where nothing has changed.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            RepeatAsync(columns.FollowAsync, stoppingToken),
            RepeatAsync(FollowThesaurusAsync, stoppingToken),
            RepeatAsync(live.FollowAsync, stoppingToken)
        );

    // There is always one.
    private async Task<bool> FollowThesaurusAsync(CancellationToken cancel)
    {
        // Columns are told with each look at the index; where there are none, it looks itself.
        await thesaurus.FollowAsync(columns.SynonymsAt, cancel);
        return true;
    }

    private async Task RepeatAsync(Func<CancellationToken, Task<bool>> follow, CancellationToken cancel)
    {
        while (await TryAsync(follow, cancel))
        {
            await Task.Delay(_pause, clock, cancel);
        }
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task<bool>> follow, CancellationToken cancel)
    {
        try
        {
            return await follow(cancel);
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
