using System.Threading.Channels;

namespace Shop.Load.Client;

/// <summary>Connections that stay open and take turns; whoever finds none free waits. Safe to share between threads.</summary>
internal sealed class LeanClients : IDisposable
{
    private readonly LeanClient[] _all;
    private readonly Channel<LeanClient> _free = Channel.CreateUnbounded<LeanClient>();

    private LeanClients(LeanClient[] all)
    {
        _all = all;
        foreach (var client in all)
        {
            _free.Writer.TryWrite(client);
        }
    }

    /// <exception cref="System.Net.Sockets.SocketException">Nobody listens there.</exception>
    public static async Task<LeanClients> OpenAsync(Uri address, int connections, CancellationToken cancel) =>
        new(
            await Task.WhenAll(
                Enumerable.Range(0, connections).Select(_ => LeanClient.OpenAsync(address, cancel))
            )
        );

    /// <summary>Sends a request and reads its answer.</summary>
    /// <returns>The body, unread: looking into it can wait until nothing is measured any more.</returns>
    /// <inheritdoc cref="LeanClient.AskAsync" path="/exception"/>
    public async Task<byte[]> AskAsync(byte[] request, CancellationToken cancel)
    {
        var client = await _free.Reader.ReadAsync(cancel);
        try
        {
            return (await client.AskAsync(request, cancel)).ToArray();
        }
        finally
        {
            _free.Writer.TryWrite(client);
        }
    }

    public void Dispose()
    {
        foreach (var client in _all)
        {
            client.Dispose();
        }
    }
}
