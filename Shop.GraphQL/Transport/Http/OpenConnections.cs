using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Shop.GraphQL.Transport.Http;

/// <summary>Counts the connections that stay open, WebSockets and event streams alike. Thread-safe.</summary>
internal sealed class OpenConnections(IOptions<TransportOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _places = new(
        new() { PermitLimit = options.Value.MaxConnections, QueueLimit = 0 }
    );

    /// <summary>A place for one more, to be disposed when the connection ends; null where there is none.</summary>
    public IDisposable? TryEnter() => _places.AttemptAcquire() is { IsAcquired: true } place ? place : null;

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();
}
