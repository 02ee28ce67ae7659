using Microsoft.Extensions.Options;
using Npgsql;
using Shop.Data.Channels;
using Shop.Data.Storage.PubSub;

namespace Shop.Data.Pricing.Rates;

/// <summary>
/// The exchange rates that count or are to count, as this node last read them; see <see cref="Snapshot{T}"/>. A planned one begins by
/// itself. A shop that sells in its own currency alone reads nothing. One for the process.
/// </summary>
public sealed class CurrentRates
{
    // So many planned rates of a currency are known ahead; the next ones are read long before they begin.
    private const int Ahead = 10;

    private readonly NpgsqlDataSource _primary;
    private readonly Announcer _announcer;
    private readonly ChannelOptions _channel;
    private readonly string _home;
    private readonly TimeProvider _clock;
    private readonly Snapshot<RateBook> _book;

    /// <param name="database">Pricing's.</param>
    /// <param name="announcer">Tells the other nodes.</param>
    /// <param name="channel">Which currencies are offered.</param>
    /// <param name="shop">The shop's own.</param>
    /// <param name="clock">Tells which rates count.</param>
    public CurrentRates(
        Database<PricingDb> database,
        Announcer announcer,
        IOptions<ChannelOptions> channel,
        IOptions<ShopOptions> shop,
        TimeProvider clock
    )
    {
        (_primary, _announcer, _clock) = (database.WarmPrimary, announcer, clock);
        (_channel, _home) = (channel.Value, shop.Value.Currency);
        _book = new(LoadAsync, clock);
        HasOthers = _channel.Currencies.Any(other => other != _home);
    }

    /// <summary>Whether the shop offers any currency but its own.</summary>
    public bool HasOthers { get; }

    /// <summary>All of them. Those who ask at the same moment share one read.</summary>
    /// <exception cref="NpgsqlException">PostgreSQL is away, and they were never read.</exception>
    public Task<RateBook> ReadAsync(CancellationToken cancel) => _book.ReadAsync(cancel);

    /// <summary>Reads them again when they are asked for the next time.</summary>
    public void Forget() => _book.Forget();

    /// <summary>Tells every node that there is something new.</summary>
    internal Task AnnounceAsync()
    {
        Forget();
        return _announcer.PublishAsync(Conversion.Channel, "rates changed");
    }

    private async Task<RateBook> LoadAsync() =>
        new(_home, _channel, HasOthers ? await ReadRatesAsync(_clock.GetUtcNow()) : []);

    private Task<List<ExchangeRate>> ReadRatesAsync(DateTimeOffset now) =>
        _primary.ListAsync(
            $"""
            select r.id, r.currency, r.rate, r.starts_at, r.version
            from unnest({Sql.Value(_channel.Currencies)}) as c(code)
            cross join lateral (
                (select * from pricing.exchange_rate
                where currency = c.code::char(3) and starts_at <= {Sql.Value(now)} order by starts_at desc limit 1)
                union all
                (select * from pricing.exchange_rate
                where currency = c.code::char(3) and starts_at > {Sql.Value(now)} order by starts_at limit {Sql.Value(
                Ahead
            )})) as r
            """,
            row => new ExchangeRate
            {
                Id = new(row.GetInt64(0)),
                Currency = row.GetString(1),
                Rate = row.GetDecimal(2),
                StartsAt = row.GetFieldValue<DateTimeOffset>(3),
                Version = row.GetInt32(4),
            },
            CancellationToken.None
        );
}
