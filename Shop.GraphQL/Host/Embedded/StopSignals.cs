using System.Runtime.InteropServices;

namespace Shop.GraphQL.Host.Embedded;

/// <summary>Ctrl-C, a closed terminal and <c>kill</c> as a token, from the first moment on.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() =>
        _registrations = [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal =>
                PosixSignalRegistration.Create(signal, Stop)
            ),
        ];

    public CancellationToken Token => _asked.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _asked.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        // The process ends when everything has been put away, not now.
        signal.Cancel = true;
        _asked.Cancel();
    }
}
