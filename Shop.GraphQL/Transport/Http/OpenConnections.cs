using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Shop.GraphQL.Transport.Http;

/// <summary>
/// Counts the connections that stay open, WebSockets and event streams alike, in all and by address; and by address the
/// operations of WebSockets. Thread-safe.
/// </summary>
internal sealed class OpenConnections(IOptions<TransportOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress?> _places = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<IPAddress?, string>(_ => AtMost(options.Value.MaxConnections, "all")),
        OfAddress(options.Value.MaxConnectionsOfAddress)
    );
    private readonly PartitionedRateLimiter<IPAddress?> _operations = OfAddress(
        options.Value.MaxOperationsOfAddress
    );

    /// <summary>A place for one more, to be disposed when the connection ends; null where there is none.</summary>
    /// <param name="address">Where the client is; null where that is not known.</param>
    public IDisposable? TryEnter(IPAddress? address) => TryTake(_places, address);

    /// <summary>A place for one more operation, to be disposed when it ends; null where there is none.</summary>
    /// <inheritdoc cref="TryEnter" path="/param" />
    public IDisposable? TryBegin(IPAddress? address) => TryTake(_operations, address);

    /// <inheritdoc />
    public void Dispose()
    {
        _places.Dispose();
        _operations.Dispose();
    }

    private static RateLimitLease? TryTake(PartitionedRateLimiter<IPAddress?> places, IPAddress? address)
    {
        var place = places.AttemptAcquire(address);
        if (place.IsAcquired)
        {
            return place;
        }

        place.Dispose();
        return null;
    }

    private static PartitionedRateLimiter<IPAddress?> OfAddress(int places) =>
        PartitionedRateLimiter.Create<IPAddress?, string>(address =>
            // Behind one of this machine may stand a proxy, and all clients behind that.
            address is null
            || IPAddress.IsLoopback(address)
                ? RateLimitPartition.GetNoLimiter("ours")
                : AtMost(places, ClientAddress.Of(address))
        );

    private static RateLimitPartition<string> AtMost(int places, string of) =>
        RateLimitPartition.GetConcurrencyLimiter(of, _ => new() { PermitLimit = places, QueueLimit = 0 });
}
