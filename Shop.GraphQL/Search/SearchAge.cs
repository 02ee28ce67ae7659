using Shop.Data.Search;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.GraphQL.Search;

/// <summary>
/// Hears how old the index is. The index itself says it only where it has changed; at rest it would seem to age. Thread-safe; one
/// for the process.
/// </summary>
internal sealed class SearchAge(Signals signals, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private readonly DateTimeOffset _opened = clock.GetUtcNow();
    private volatile IndexAge? _told;

    /// <summary>
    /// The moment up to which an answer holds all that was committed. An index that nothing was told of yet, as that of a shop which
    /// has just opened, is as old as this process.
    /// </summary>
    /// <param name="read">What the index said in the same read: a replica may be behind what was told.</param>
    public DateTimeOffset AsOf(IndexAge read) =>
        _told is { } told && told.Revision <= read.Revision && told.AsOf > read.AsOf ? told.AsOf
        : read.AsOf > DateTimeOffset.UnixEpoch ? read.AsOf
        : _opened;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await foreach (var told in signals.ListenAsync(SearchAnnouncements.Channel, stoppingToken))
                {
                    _told = SearchAnnouncements.Read(told) ?? _told;
                }
            }
            catch (RedisException)
            {
                // Answers then say what the index says.
                await Task.Delay(_pause, clock, stoppingToken);
            }
        }
    }
}
