using Shop.Data.Telemetry;

namespace Shop.Data.Cache;

/// <summary>The servers of PostgreSQL that rows are read from, each behind a breaker of its own. One for the process.</summary>
public sealed class RowServers(ShopMeter meter, TimeProvider clock)
{
    private readonly ReadBreaker _replica = new("cache-replica", meter, clock);
    private readonly ReadBreaker _primary = new("cache-primary", meter, clock);

    internal ReadBreaker Of(bool isPrimary) => isPrimary ? _primary : _replica;
}
