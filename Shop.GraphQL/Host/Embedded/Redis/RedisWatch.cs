namespace Shop.GraphQL.Host.Embedded.Redis;

/// <summary>
/// Opens the embedded Redis again when it takes no writes. Once its log could not be written, on a full disk, it refuses all
/// that follows, also when there is room.
/// </summary>
internal sealed class RedisWatch(EmbeddedRedis redis, TimeProvider clock, ILogger<RedisWatch> log)
    : BackgroundService
{
    // Its log grows by pages; with less there is little hope.
    private const long RoomBytes = 16L << 20;

    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isStopped = false;
        for (; ; await Task.Delay(_look, clock, stoppingToken))
        {
            if (redis.TakesWrites())
            {
                if (isStopped)
                {
                    log.RedisBack();
                    isStopped = false;
                }
            }
            else
            {
                if (!isStopped)
                {
                    log.RedisStopped();
                    isStopped = true;
                }

                TryRestart();
            }
        }
    }

    private void TryRestart()
    {
        if (redis.FreeBytes < RoomBytes)
        {
            return;
        }

        try
        {
            redis.Restart();
        }
        catch (CannotStartException)
        {
            // There is no room yet; it is tried again in a second.
        }
    }
}
