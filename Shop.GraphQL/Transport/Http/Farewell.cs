using Microsoft.Extensions.Options;

namespace Shop.GraphQL.Transport.Http;

/// <summary>
/// How a host takes its leave: it says that it is not ready, and goes on answering for <see cref="TransportOptions.FarewellFor"/>.
/// Meanwhile it closes what stays open, one connection after another: if all came back at once, the hosts that are left would
/// have to take them at once. Thread-safe.
/// </summary>
internal sealed class Farewell(
    IHostApplicationLifetime lifetime,
    IOptions<TransportOptions> options,
    TimeProvider clock
) : IHostedLifecycleService
{
    // Its multiples fill the time evenly, whichever connections are still open.
    private const double GoldenRatio = 0.618033988749895;

    private long _turns;

    /// <summary>Whether the host has been told to stop.</summary>
    public bool HasBegun => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>For a connection that opens: when it has to go. To be disposed when it is closed.</summary>
    public Turn Take()
    {
        var place = Interlocked.Increment(ref _turns) * GoldenRatio % 1;
        return new(
            HasBegun ? TimeSpan.Zero : options.Value.FarewellFor * place,
            clock,
            lifetime.ApplicationStopping
        );
    }

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A signal has said so already; who stops a host by calling it has not.
        lifetime.StopApplication();
        return Task.Delay(options.Value.FarewellFor, clock, cancellationToken);
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One connection's.</summary>
    internal sealed class Turn : IDisposable
    {
        private readonly CancellationTokenSource _come;
        private readonly CancellationTokenRegistration _stopping;

        /// <param name="after">How long after the host was told to stop its turn comes.</param>
        /// <param name="clock">Measures it.</param>
        /// <param name="stopping">Cancelled when the host is told to stop.</param>
        public Turn(TimeSpan after, TimeProvider clock, CancellationToken stopping)
        {
            _come = new(Timeout.InfiniteTimeSpan, clock);
            _stopping = stopping.Register(() => _come.CancelAfter(after));
        }

        /// <summary>Cancelled when its turn has come.</summary>
        public CancellationToken HasCome => _come.Token;

        /// <inheritdoc />
        public void Dispose()
        {
            // First the one that uses the other.
            _stopping.Dispose();
            _come.Dispose();
        }
    }
}
