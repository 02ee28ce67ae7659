using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Storage.PubSub;
using StackExchange.Redis;

namespace Shop.Data.Cache;

/// <summary>Hears floors that other nodes have raised.</summary>
/// <typeparam name="TDb">Whose rows are kept.</typeparam>
internal sealed class HearFloors<TDb>(
    Database<TDb> database,
    Signals signals,
    Floors floors,
    CacheConnection connection,
    IOptions<CacheOptions> options,
    TimeProvider clock,
    ILogger<HearFloors<TDb>> log
) : BackgroundService
    where TDb : ContextDb
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value is { Enabled: true, Redis: true })
        {
            // The first who asks does not wait for it.
            await connection.OpenAsync();
        }

        // A node that starts has heard nothing, and uses what others have kept.
        var isFirst = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var told in signals.ListenAsync(Floors.Channel, stoppingToken))
                {
                    if (told == Signals.ReadAgain)
                    {
                        floors.MissSome();
                        await (isFirst ? Task.CompletedTask : ForgetAllAsync(stoppingToken));
                        isFirst = false;
                    }
                    else
                    {
                        floors.Hear(told.ToString());
                    }
                }
            }
            catch (RedisException fault)
            {
                // What is in memory is good for a minute all the same.
                log.FloorsUnheard(fault);
                await Task.Delay(_pause, clock, stoppingToken);
            }
        }
    }

    // While Redis was away, nobody could tell it of a change: what it has kept counts no more than what is in memory.
    private async Task ForgetAllAsync(CancellationToken cancel)
    {
        try
        {
            floors.RaiseAll(await RaiseFloors.NextAsync(database.Primary, cancel));
        }
        catch (NpgsqlException fault)
        {
            // The messages of what was changed are still to be delivered.
            log.FloorsUnheard(fault);
        }
    }
}
